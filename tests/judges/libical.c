/* Asks libical what an iCalendar file says: one line of JSON for each file, as readers.py reads it. Errors are properties X-LIC-ERROR, those
   that libical finds by itself and those of its table of restrictions (RFC 5546). Times are UTC by the VTIMEZONEs of the file itself. */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void text(const char *value) {
    putchar('"');
    for (const unsigned char *c = (const unsigned char *)(value ? value : ""); *c; c++) {
        if (*c == '"' || *c == '\\') printf("\\%c", *c);
        else if (*c < 0x20) printf("\\u%04x", *c);
        else putchar(*c);
    }
    putchar('"');
}

/* A day, or an instant. The zone is that of the file: libical's own would hide what is wrong with it. */
static void when(icalcomponent *calendar, icalcomponent *event, icalproperty_kind kind) {
    icalproperty *property = icalcomponent_get_first_property(event, kind);
    if (!property) { printf("null"); return; }
    struct icaltimetype time = icalvalue_get_datetime(icalproperty_get_value(property));
    if (icaltime_is_date(time)) { printf("\"%04d-%02d-%02d\"", time.year, time.month, time.day); return; }
    icalparameter *parameter = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
    if (parameter) {
        icaltimezone *zone = icalcomponent_get_timezone(calendar, icalparameter_get_tzid(parameter));
        if (!zone) { printf("\"no VTIMEZONE\""); return; }
        time = icaltime_set_timezone(&time, zone);
        time = icaltime_convert_to_zone(time, icaltimezone_get_utc_timezone());
    } else if (!icaltime_is_utc(time)) { printf("\"floating\""); return; }
    printf("\"%04d-%02d-%02dT%02d:%02d:%02dZ\"", time.year, time.month, time.day, time.hour, time.minute, time.second);
}

static int errors(icalcomponent *component, int count) {
    for (icalproperty *p = icalcomponent_get_first_property(component, ICAL_XLICERROR_PROPERTY); p;
         p = icalcomponent_get_next_property(component, ICAL_XLICERROR_PROPERTY)) {
        const char *says = icalproperty_get_xlicerror(p);
        /* An ORGANIZER is for mail, and belongs into no feed. */
        if (strstr(says, "ORGANIZER")) continue;
        if (count++) putchar(',');
        text(says);
    }
    for (icalcomponent *part = icalcomponent_get_first_component(component, ICAL_ANY_COMPONENT); part;
         part = icalcomponent_get_next_component(component, ICAL_ANY_COMPONENT))
        count = errors(part, count);
    return count;
}

int main(int count, char **paths) {
    icalerror_set_errors_are_fatal(0);
    for (int at = 1; at < count; at++) {
        FILE *file = fopen(paths[at], "rb");
        if (!file) return 2;
        fseek(file, 0, SEEK_END);
        long size = ftell(file);
        rewind(file);
        char *bytes = calloc(1, size + 1);
        if (fread(bytes, 1, size, file) != (size_t)size) return 2;
        fclose(file);
        icalcomponent *calendar = icalparser_parse_string(bytes);
        printf("{\"file\":");
        text(paths[at]);
        if (!calendar || icalcomponent_isa(calendar) != ICAL_VCALENDAR_COMPONENT) {
            printf(",\"errors\":[\"no one VCALENDAR\"],\"events\":[]}\n");
            continue;
        }
        printf(",\"events\":[");
        int events = 0;
        for (icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT); event;
             event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
            icalproperty *status = icalcomponent_get_first_property(event, ICAL_STATUS_PROPERTY);
            icalproperty *summary = icalcomponent_get_first_property(event, ICAL_SUMMARY_PROPERTY);
            if (events++) putchar(',');
            putchar('[');
            text(icalcomponent_get_uid(event));
            putchar(',');
            when(calendar, event, ICAL_DTSTART_PROPERTY);
            putchar(',');
            when(calendar, event, ICAL_DTEND_PROPERTY);
            putchar(',');
            text(summary ? icalproperty_get_summary(summary) : 0);
            putchar(',');
            text(status ? icalproperty_status_to_string(icalproperty_get_status(status)) : 0);
            putchar(']');
        }
        /* Its table is one of methods: a feed is a publication, though it does not say so. */
        icalcomponent_add_property(calendar, icalproperty_new_method(ICAL_METHOD_PUBLISH));
        icalrestriction_check(calendar);
        printf("],\"errors\":[");
        errors(calendar, 0);
        printf("]}\n");
        icalcomponent_free(calendar);
        free(bytes);
    }
    return 0;
}
