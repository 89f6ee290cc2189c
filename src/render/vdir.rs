//! A schedule as a *vdir*, one file for each component, as khal and vdirsyncer take it (vdirsyncer's specification of the format).
//!
//! What is true of the calendar and not of one event (its name, its colour, how often to look again) stands in files of its own there, so a
//! new name of the calendar changes no event.

use uuid::Uuid;

use super::calendar::{event, frame, zones};
use crate::ical::{Node, one_line, read};
use crate::query::{Schedule, ScheduleItem};

/// The colour of the calendar as a vdir has it, `#RRGGBB`: that of the feed, `steelblue` in CSS 3.
pub const VDIR_COLOR: &str = "#4682B4";

/// The most characters of a readable file name: systems take 255 octets, and what is written beside it needs some too.
const LONGEST_NAME: usize = 200;

/// Names of devices, which Windows takes for no file whatever stands after the first dot.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// A file of a vdir.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VdirFile {
    /// Its name, the same for good.
    pub name: String,
    /// The UID of its component.
    pub uid: String,
    /// A whole VCALENDAR with the VTIMEZONEs that its component names.
    pub text: String,
}

/// What an iCalendar file says of where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The one UID that all its components but time zones share.
    pub uid: String,
    /// Whether this program wrote it, by its PRODID.
    pub is_product: bool,
}

/// The files of a schedule, in its order. No name comes twice, whatever the case of its letters.
#[must_use]
pub fn vdir_files(schedule: &Schedule) -> Vec<VdirFile> {
    schedule.items.iter().map(file).collect()
}

fn file(item: &ScheduleItem) -> VdirFile {
    let calendar = zones(std::slice::from_ref(item)).into_iter().fold(frame(), |calendar, zone| calendar.part(zone));
    VdirFile { name: vdir_name(&item.uid), uid: item.uid.clone(), text: calendar.part(event(item)).to_string() }
}

/// The name that a vdir shows for a calendar: one line.
#[must_use]
pub fn vdir_label(name: &str) -> String {
    one_line(name).into_owned()
}

/// The name of the file of a UID: `riyadh-talks_019513c7-8e00-7e37-b9b9-7f4a7c15f39c.ics`.
///
/// Only letters, digits and `_.-`, which every program and file system takes. A UID that cannot be written so, or would be too long or a
/// device, is named by its hash (UUID version 5). A hash has no `_`, and no UID that can be written has one: so no two names are the same.
#[must_use]
pub fn vdir_name(uid: &str) -> String {
    let plain = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
            && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-'))
    };
    match uid.split_once('@') {
        Some((own, log)) if plain(own) && plain(log) && uid.len() <= LONGEST_NAME && !is_device(own) => {
            format!("{own}_{log}.ics")
        }
        Some(_) | None => format!("{}.ics", Uuid::new_v5(&Uuid::NAMESPACE_OID, uid.as_bytes())),
    }
}

/// Whether Windows takes a name that begins so for a device: `con.at.paris` as well as `con`, and `com1` to `lpt9`.
fn is_device(own: &str) -> bool {
    let Some((first, _)) = own.split_once('.') else { return false };
    let port = |name: &str| first.strip_prefix(name).is_some_and(|number| number.len() == 1);
    DEVICES.contains(&first) || port("com") || port("lpt")
}

/// Where an iCalendar file comes from; `None` if it is not one calendar with components of one UID.
#[must_use]
pub fn vdir_origin(text: &str) -> Option<Origin> {
    let reading = read(text);
    let [calendar] = reading.components.as_slice() else { return None };
    let value = |node: &Node, name: &str| node.property(name).map(|line| line.value.clone());
    let mut uids = calendar.parts.iter().filter(|part| part.name != "VTIMEZONE").map(|part| value(part, "UID"));
    let uid = uids.next().flatten()?;
    let is_product = value(calendar, "PRODID").as_deref() == Some(super::calendar::PRODUCT);
    uids.all(|other| other.as_ref() == Some(&uid)).then_some(Origin { uid, is_product })
}

#[cfg(test)]
mod tests {
    use super::{Origin, vdir_name, vdir_origin};

    const LOG: &str = "019513c7-8e00-7e37-b9b9-7f4a7c15f39c";

    #[test]
    fn a_file_is_named_after_its_uid_for_good() {
        assert_eq!(vdir_name(&format!("riyadh-talks@{LOG}")), format!("riyadh-talks_{LOG}.ics"));
        assert_eq!(vdir_name("rubio.at.riyadh.0195.2@0194"), "rubio.at.riyadh.0195.2_0194.ics");
        assert_eq!(vdir_name("nul@0194"), "nul_0194.ics", "no device: it does not end there");
    }

    #[test]
    fn what_is_no_portable_name_is_named_by_its_hash() {
        let long = format!("{}@{LOG}", "a".repeat(200));
        let hostile = [
            "../../etc/passwd@x",
            "CON",
            "con.at.paris.x@y",
            "com1.at.x@y",
            "a b@c",
            "A@b",
            ".hidden@x",
            "ß@x",
            "a_b@c",
            "",
            "a@",
            &long,
        ];
        let mut names: Vec<String> = hostile.iter().map(|uid| vdir_name(uid)).collect();
        for name in &names {
            let stem = name.strip_suffix(".ics").unwrap();
            assert!(stem.len() == 36 && stem.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-'), "{name}");
        }
        names.sort();
        names.dedup();
        assert_eq!(names.len(), hostile.len());
    }

    #[test]
    fn a_file_is_known_by_its_product_and_its_one_uid() {
        let text = |product: &str, uids: &[&str]| {
            let events: String = uids.iter().map(|uid| format!("BEGIN:VEVENT\r\nUID:{uid}\r\nEND:VEVENT\r\n")).collect();
            format!("BEGIN:VCALENDAR\r\nPRODID:{product}\r\n{events}END:VCALENDAR\r\n")
        };
        let origin = |uid: &str, is_product| Some(Origin { uid: uid.to_owned(), is_product });
        assert_eq!(vdir_origin(&text("-//daybook//daybook//EN", &["a@b"])), origin("a@b", true));
        assert_eq!(vdir_origin(&text("-//other//EN", &["a@b", "a@b"])), origin("a@b", false));
        assert_eq!(vdir_origin(&text("-//daybook//daybook//EN", &["a@b", "c@d"])), None);
        assert_eq!(vdir_origin(&text("-//daybook//daybook//EN", &[])), None);
        assert_eq!(vdir_origin("notes"), None);
    }
}
