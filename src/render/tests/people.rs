//! Where people are, one by one, all together, and by place.

use expect_test::expect;

use super::desk::{Desk, on};

#[test]
fn a_confirmed_meeting_says_who_confirmed_it_and_since_when_they_are_there() {
    let page = Desk::riyadh().where_is(&["rubio"], on("2025-02-18", 100).public_by("2025-02-17"));
    expect![[r#"
        Tue 18 Feb 2025, as public by the end of 17 Feb 2025 (UTC)

        Marco Rubio, Secretary of State (US)
          Riyadh   confirmed   US–Russia talks: White House, Kremlin           2.3   Alejandro Baños, 17 Feb
                               since the 17th, "already in the Saudi           2.1   Alejandro Baños, 17 Feb
                               capital"
          before               Jerusalem, the 16th
          next                 nothing reported
    "#]]
    .assert_eq(&page);
}

#[test]
fn before_comes_the_last_place_that_was_known() {
    expect![[r#"
        Mon 17 Feb 2025, as public by the end of 17 Feb 2025 (UTC)

        Marco Rubio, Secretary of State (US)
          Riyadh   observed    "already in the Saudi capital"                  2.1   Alejandro Baños, 17 Feb
                               until the 18th, meeting confirmed               2.3   Alejandro Baños, 17 Feb
          before               Jerusalem, the 16th
          next     confirmed   US–Russia talks, Tue 18 Feb, tomorrow, Riyadh   2.3   Alejandro Baños, 17 Feb
    "#]]
    .assert_eq(&Desk::riyadh().where_is(&["rubio"], on("2025-02-17", 100).public()));
}

#[test]
fn what_is_carried_says_from_when() {
    expect![[r#"
        Wed 19 Feb 2025, as public by the end of 17 Feb 2025 (UTC)

        Marco Rubio, Secretary of State (US)
          Riyadh   presumed   carried from the 18th   2.3   Alejandro Baños, 17 Feb
          next                nothing reported
    "#]]
    .assert_eq(&Desk::riyadh().where_is(&["rubio"], on("2025-02-19", 100).public_by("2025-02-17")));
}

#[test]
fn a_journey_stands_before_the_place_that_it_leads_to() {
    expect![[r#"
        Mon 17 Feb 2025, as public by the end of 17 Feb 2025 (UTC)

        Sergei Lavrov, Foreign Minister (RU)
          travelling   planned     to Riyadh that day, from Moscow (Dmitry     2.2   Alejandro Baños, 17 Feb
                                   Peskov)
                                   "Lavrov and Yuri Ushakov will fly to Riyadh today"
          Riyadh       planned     from then on                                2.2   Alejandro Baños, 17 Feb
                                   meeting confirmed                           2.3   Alejandro Baños, 17 Feb
          next         confirmed   US–Russia talks, Tue 18 Feb, tomorrow,      2.3   Alejandro Baños, 17 Feb
                                   Riyadh

        Volodymyr Zelensky, President (UA)
          unknown; nothing firm is known before
          next   planned   to Riyadh, leaving Wed 19 Feb (a spokesman, via     2.5   Alejandro Baños, 17 Feb
                           AFP)
    "#]]
    .assert_eq(&Desk::riyadh().where_is(&["lavrov", "zelensky"], on("2025-02-17", 100).public()));
}

#[test]
fn unknown_is_an_answer() {
    expect![[r#"
        Tue 25 Feb 2025

        Benjamin Netanyahu, Prime Minister (IL)
          unknown; last known Jerusalem, Sun 16 Feb, 9 days before
          next   nothing reported

        Emmanuel Macron, President (FR)
          unknown; nothing firm is known before
          next   nothing reported
    "#]]
    .assert_eq(&Desk::riyadh().where_is(&["netanyahu", "macron"], on("2025-02-25", 80)));
}

#[test]
fn a_day_can_hold_two_places() {
    expect![[r#"
        Wed 19 Feb 2025

        Marco Rubio, Secretary of State (US)
          Riyadh      observed   reported there               3.2   Office of the
                                                                    Historian, 26 Feb
                                 since the 17th, "already     2.1   Alejandro Baños,
                                 in the Saudi capital"              17 Feb
                                 and 2 more: --why
          Abu Dhabi   observed   "Met with President          3.4   Office of the
                                 Mohammed Bin Zayed Al              Historian, 26 Feb
                                 Nahyan"
          before                 Jerusalem, the 17th
          next                   nothing reported
    "#]]
    .assert_eq(&Desk::riyadh_and_after().where_is(&["rubio"], on("2025-02-19", 80)));
}

#[test]
fn a_conflict_is_marked_and_both_are_shown() {
    expect![[r#"
        Tue 18 Feb 2025

        Marco Rubio, Secretary of State (US)
        ! Marco Rubio is reported in Abu Dhabi and Riyadh at the same time  2.1, 2.3, 3.1
        ! Abu Dhabi   observed    reported there (an aide); since    3.1   Gulf Gazette, 18 Feb
                                  the 17th
        ! Riyadh      confirmed   US–Russia talks: White House,      2.3   Alejandro Baños, 17 Feb
                                  Kremlin
                                  since the 17th, "already in the    2.1   Alejandro Baños, 17 Feb
                                  Saudi capital"
          before                  Jerusalem, the 16th
          next                    nothing reported
    "#]]
    .assert_eq(&Desk::contradicted().where_is(&["rubio"], on("2025-02-18", 90)));
}

#[test]
fn a_narrow_terminal_gets_paragraphs() {
    expect![[r#"
        Tue 18 Feb 2025, as public by the end of
          17 Feb 2025 (UTC)

        Marco Rubio, Secretary of State (US)
          Riyadh  confirmed
            US–Russia talks: White House, Kremlin ·
            2.3 · Alejandro Baños, 17 Feb
            since the 17th, "already in the Saudi
            capital" · 2.1 · Alejandro Baños, 17 Feb
          before
            Jerusalem, the 16th
          next
            nothing reported
    "#]]
    .assert_eq(&Desk::riyadh().where_is(&["rubio"], on("2025-02-18", 44).public_by("2025-02-17")));
}

#[test]
fn everybody_has_a_line_and_the_unknown_come_last() {
    expect![[r#"
        Wed 19 Feb 2025, as public by the end of 17 Feb 2025 (UTC)

          Sergei Lavrov (RU)        Riyadh      presumed   carried from the 18th               2.3
          Benjamin Netanyahu (IL)   Jerusalem   presumed   carried from the 16th               2.6
          Marco Rubio (US)          Riyadh      presumed   carried from the 18th               2.3
          Yuri Ushakov (RU)         Riyadh      presumed   carried from the 18th               2.3
          Volodymyr Zelensky (UA)   Riyadh      planned    on arrival (a spokesman, via AFP)   2.5

          unknown (6): Emmanuel Macron, Giorgia Meloni, Vladimir Putin, Donald Trump, Mike Waltz, Steve
            Witkoff
    "#]]
    .assert_eq(&Desk::riyadh().everybody(on("2025-02-19", 100).public_by("2025-02-17")));
}

#[test]
fn those_whose_attendance_is_uncertain_stand_apart() {
    expect![[r#"
        Tue 18 Feb 2025, as public by the end of 17 Feb 2025 (UTC)

        Saudi Arabia
          Sergei Lavrov   RU   confirmed   Riyadh   US–Russia talks: White House,        2.3   Alejandro Baños, 17 Feb
                                                    Kremlin
          Marco Rubio     US   confirmed   Riyadh   US–Russia talks: White House,        2.3   Alejandro Baños, 17 Feb
                                                    Kremlin
          Steve Witkoff   US   confirmed   Riyadh   US–Russia talks: White House,        2.3   Alejandro Baños, 17 Feb
                                                    Kremlin
          Yuri Ushakov    RU   confirmed   Riyadh   US–Russia talks: White House,        2.3   Alejandro Baños, 17 Feb
                                                    Kremlin
          Mike Waltz      US   confirmed   Riyadh   US–Russia talks: White House,        2.3   Alejandro Baños, 17 Feb
                                                    Kremlin

        attendance uncertain:
          Vladimir Putin   RU   uncertain   Riyadh   US–Russia talks: White House,       2.3   Alejandro Baños, 17 Feb
                                                     Kremlin; attendance uncertain
          Donald Trump     US   uncertain   Riyadh   US–Russia talks: White House,       2.3   Alejandro Baños, 17 Feb
                                                     Kremlin; attendance uncertain
    "#]]
    .assert_eq(&Desk::riyadh().who("sa", on("2025-02-18", 110).public_by("2025-02-17")));
}

#[test]
fn nobody_is_an_answer_too() {
    expect![[r#"
        Tue 18 Feb 2025

        Moscow
          nobody is reported there
    "#]]
    .assert_eq(&Desk::riyadh().who("moscow", on("2025-02-18", 80)));
}

#[test]
fn an_itinerary_shows_trips_distances_and_gaps() {
    expect![[r#"
        Thu 20 Feb 2025

        Marco Rubio, Secretary of State (US)

        Rubio's Middle East tour: 15–19 Feb, 3 countries, 5 days, ~2,147 km
          15–17 Feb   Jerusalem         observed   reported there · Office of the Historian, 26 Feb      3.1
                                                   Rubio–Netanyahu meeting, held, Sun 16 Feb
                      → 1,368 km
          17–19 Feb   Riyadh            observed   reported there · Office of the Historian, 26 Feb      3.2
                                                   US–Russia talks, held, Tue 18 Feb
                      → 779 km
          19 Feb      Abu Dhabi         observed   "Met with President Mohammed Bin Zayed Al Nahyan" ·   3.4
                                                   Office of the Historian, 26 Feb
          23 Feb      · 1 day unknown

                      → 2,044 km
          24 Feb      Jerusalem         observed   reported there · Office of the Historian, 26 Feb      3.5
    "#]]
    .assert_eq(&Desk::riyadh_and_after().itinerary("rubio", on("2025-02-20", 100)));
}

#[test]
fn a_planned_journey_stands_before_its_stop() {
    expect![[r#"
        Mon 17 Feb 2025, as public by the end of 17 Feb 2025 (UTC)

        Sergei Lavrov, Foreign Minister (RU)
                      → 3,530 km   planned     travelling to Riyadh, leaving Mon     2.2
                                               17 Feb, from Moscow (Dmitry Peskov)
                                               · Alejandro Baños, 17 Feb
          17–18 Feb   Riyadh       confirmed   US–Russia talks, confirmed by White   2.3
                                               House, Kremlin, Tue 18 Feb ·
                                               Alejandro Baños, 17 Feb
                                               planned until the 17th, then confirmed
    "#]]
    .assert_eq(&Desk::riyadh().itinerary("lavrov", on("2025-02-17", 80).public()));
}
