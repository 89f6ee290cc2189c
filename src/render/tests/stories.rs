//! Meetings as a list, one with its story, and why we say so.

use expect_test::expect;

use super::desk::{Desk, on, slipping};

#[test]
fn pending_meetings_show_their_parties_and_the_undated_come_last() {
    expect![[r#"
        Mon 17 Feb 2025, as public by the end of 17 Feb 2025 (UTC)

          Tue 18 Feb   tomorrow   US–Russia talks       confirmed   US ✓  RU ✓
                                  Riyadh
                                  last report today: Alejandro Baños  2.3
          undated                 Trump–Putin meeting   proposed    US ?  RU –
                                  "very soon"; probably Saudi Arabia
                                  last report today: Alejandro Baños  2.4

        ✓ said yes   ? proposed it   – silent
    "#]]
    .assert_eq(&Desk::riyadh().summits(on("2025-02-17", 80).public()));
}

#[test]
fn slips_refusals_and_dates_gone_by_are_said() {
    expect![[r#"
        Sun 9 Mar 2025

          Wed 26 Mar   in 17 days    Paris talks           at risk    US ?  RU ✗
                                     10:00 (Asia/Riyadh); Riyadh; slipped twice, first from Sat 15 Mar
                                     last report yesterday: Agence France-Presse  9.1
          undated                    Trump–Putin meeting   proposed   US ?  RU –
                                     "very soon"; probably Saudi Arabia
                                     last report 20 days ago: Alejandro Baños  2.4
          Tue 18 Feb   19 days ago   US–Russia talks       lapsed     US ✓  RU ✓
                                     Riyadh
                                     its date is past, and nobody reported that it took place
                                     last report 20 days ago: Alejandro Baños  2.3

        ✓ said yes   ✗ said no   ? proposed it   – silent
    "#]]
    .assert_eq(&slipping().summits(on("2025-03-09", 100)));
}

#[test]
fn exact_times_are_shown_in_another_zone_if_wanted() {
    let mut ask = on("2025-03-09", 60);
    ask.page.zone = Some("Europe/Madrid".parse().unwrap());
    expect![[r#"
        Sun 9 Mar 2025

          Wed 26 Mar   in 17 days    Paris talks · at risk · US ?
                                     RU ✗
                                     08:00 (Europe/Madrid); Riyadh;
                                     slipped twice, first from Sat
                                     15 Mar
                                     last report yesterday: Agence
                                     France-Presse  9.1
          undated                    Trump–Putin meeting · proposed
                                     · US ?  RU –
                                     "very soon"; probably Saudi
                                     Arabia
                                     last report 20 days ago:
                                     Alejandro Baños  2.4
          Tue 18 Feb   19 days ago   US–Russia talks · lapsed · US ✓
                                     RU ✓
                                     Riyadh
                                     its date is past, and nobody
                                     reported that it took place
                                     last report 20 days ago:
                                     Alejandro Baños  2.3

        ✓ said yes   ✗ said no   ? proposed it   – silent
    "#]]
    .assert_eq(&slipping().summits(ask));
}

#[test]
fn a_meeting_that_was_held() {
    expect![[r#"
        Sat 1 Mar 2025

        US–Russia talks
        held, Tue 18 Feb 2025, 11 days ago, Riyadh

          principals    Marco Rubio (US), Sergei Lavrov (RU)
          delegations   Mike Waltz (US), Steve Witkoff (US), Yuri Ushakov (RU)
          uncertain     Donald Trump (US), Vladimir Putin (RU)
          said yes      White House (US), Kremlin (RU)
          about         the end of the conflict in Ukraine, bilateral relations
          outcome       agreed to appoint teams to end the war
          last report   3 days ago: Office of the Historian, 26 Feb  3.3

        History
          17 Feb   confirmed for Tue 18 Feb by White House, Kremlin   2.3   Alejandro Baños
          26 Feb   held Tue 18 Feb                                    3.3   Office of the Historian
    "#]]
    .assert_eq(&Desk::riyadh_and_after().meeting("riyadh-talks", on("2025-03-01", 100)));
}

#[test]
fn a_story_marks_what_was_struck_out() {
    expect![[r#"
        Sun 9 Mar 2025

        Paris talks, between ministers
        at risk, Wed 26 Mar 2025 10:00 (Asia/Riyadh), in 17 days, Riyadh

          principals      Marco Rubio (US), Sergei Lavrov (RU)
          said no         Kremlin (RU)
          proposed it     United States
          earlier dates   Sat 15 Mar (until 7.1), some day 20–24 Mar (until 8.1)
          last report     yesterday: Agence France-Presse, 8 Mar  9.1

        History
          1 Mar   proposed for Sat 15 Mar by US                                   3.1   A
          3 Mar   confirmed for Sat 15 Mar by Kremlin                             4.1   B
                  Dmitry Peskov, via AFP
        ✗ 4 Mar   called off: no agreement                                        5.1   C
                  ✗ retracted by 6.1
          6 Mar   postponed to some day 20–24 Mar by US: the         → proposed   7.1   A
                  Secretary is ill
          7 Mar   changed to Wed 26 Mar 10:00 (Asia/Riyadh)                       8.1   Agence France-Presse
          8 Mar   refused by Kremlin                                 → at risk    9.1   Agence France-Presse
    "#]]
    .assert_eq(&slipping().meeting("talks", on("2025-03-09", 100)));
}

#[test]
fn an_explanation_gives_every_deciding_report_with_its_quote() {
    expect![[r#"
        Tue 18 Feb 2025

        Sergei Lavrov, Foreign Minister (RU)
          Riyadh   confirmed   US–Russia talks: White House, Kremlin           2.3   Alejandro Baños, 17 Feb
                               since the 17th, "Lavrov and Yuri Ushakov will   2.2   Alejandro Baños, 17 Feb
                               fly to Riyadh today" (Dmitry Peskov)
          next                 nothing reported

        Because
          2.3   White House and Kremlin confirm US–Russia talks, Tue 18 Feb 2025 ("this Tuesday"), in
                Riyadh, with Marco Rubio, Sergei Lavrov, Mike Waltz, Steve Witkoff and Yuri Ushakov, perhaps
                with Donald Trump and Vladimir Putin
                Alejandro Baños, Mon 17 Feb 2025, grade B2
                https://example.org/riyadh

          2.2   Sergei Lavrov and Yuri Ushakov travel to Riyadh from Moscow, leaving Mon 17 Feb 2025
                ("today")
                "Lavrov and Yuri Ushakov will fly to Riyadh today"
                said by Dmitry Peskov
                Alejandro Baños, Mon 17 Feb 2025, grade B2
                https://example.org/riyadh
    "#]]
    .assert_eq(&Desk::riyadh().explain_official("lavrov", on("2025-02-18", 100)));
}

#[test]
fn a_meeting_is_explained_by_the_reports_it_rests_on() {
    expect![[r#"
        Tue 18 Feb 2025

        Trump–Putin meeting
          proposed, undated: "very soon", probably Saudi Arabia

        Because
          2.4   United States proposes Trump–Putin meeting, "very soon", probably in
                Saudi Arabia, with Donald Trump and Vladimir Putin
                "There's no date set, but it could be very soon"
                Alejandro Baños, Mon 17 Feb 2025, grade B2
                https://example.org/riyadh
    "#]]
    .assert_eq(&Desk::riyadh().explain_meeting("trump-putin", on("2025-02-18", 80)));
}

#[test]
fn an_entry_that_was_taken_back_says_by_what() {
    let mut ask = on("2025-03-09", 80);
    ask.as_of = Some(7);
    expect![[r#"
        Sun 9 Mar 2025, as the log stood at entry 7

          5.1   Paris talks: called off: no agreement
                ✗ retracted by 6.1
                C, Tue 4 Mar 2025
        Sun 9 Mar 2025, as the log stood at entry 7

          6.1   Report 5.1 is taken back: the source was wrong
                C, Wed 5 Mar 2025
    "#]]
    .assert_eq(&(slipping().explain_entry(5, ask) + &slipping().explain_entry(6, ask)));
}

#[test]
fn an_event_is_told_in_one_plain_sentence() {
    let all = Desk::riyadh()
        .logged(
            r#"{"outlet":"A","title":"A day's news","published":"2025-03-01"}"#,
            r#"[{"kind":"travel","officials":["macron"],"from":"moscow","to":"riyadh","depart":"2025-03-02T10:00:00+03:00[Europe/Moscow]","arrive":"2025-03-02~","purpose":"a state visit"},{"kind":"absence","officials":["putin","trump"],"meeting":"riyadh-talks"},{"kind":"statement","speaker":"lavrov","text":"We will talk","about":["trump-putin"]},{"kind":"meeting_declined","meeting":"trump-putin"},{"kind":"meeting_postponed","meeting":"riyadh-talks","by":[{"party":"us"}]},{"kind":"meeting_changed","meeting":"trump-putin","place":"sa","place_doubtful":true,"participants":[{"official":"putin","attendance":"declined"}]}]"#,
        )
        .logged(
            r#"{"published":"2025-03-02"}"#,
            r#"[{"kind":"travel_cancelled","of":["00000000-0000-4000-8000-000000000003.1"],"reason":"fog"},{"kind":"presence","officials":["macron"],"place":"riyadh","when":"2025-03-02/..","replaces":["00000000-0000-4000-8000-000000000003.1"],"note":"seen at the airport"},{"kind":"retraction","of":["00000000-0000-4000-8000-000000000003"],"reason":"source_withdrawn"}]"#,
        );
    expect![[r#"
        Sun 2 Mar 2025

          3.1   Emmanuel Macron travels to Riyadh from Moscow, leaving Sun 2 Mar 2025 10:00 (Europe/Moscow),
                arriving about Sun 2 Mar 2025: a state visit
                ✗ retracted by 4.3, replaced by 4.2
                A, "A day's news", Sat 1 Mar 2025

          3.2   Vladimir Putin and Donald Trump will not be at US–Russia talks
                ✗ retracted by 4.3
                A, "A day's news", Sat 1 Mar 2025

          3.3   Sergei Lavrov said: "We will talk"
                ✗ retracted by 4.3
                A, "A day's news", Sat 1 Mar 2025

          3.4   A report denies Trump–Putin meeting
                ✗ retracted by 4.3
                A, "A day's news", Sat 1 Mar 2025

          3.5   US–Russia talks: postponed by United States, no new date
                ✗ retracted by 4.3
                A, "A day's news", Sat 1 Mar 2025

          3.6   Trump–Putin meeting: changed, probably in Saudi Arabia, without Vladimir Putin
                ✗ retracted by 4.3
                A, "A day's news", Sat 1 Mar 2025
        Sun 2 Mar 2025

          4.1   The plan in 3.1 is off: fog
                the desk, Sun 2 Mar 2025

          4.2   Emmanuel Macron is in Riyadh, from Sun 2 Mar 2025 on
                in place of 3.1
                note: seen at the airport
                the desk, Sun 2 Mar 2025

          4.3   Report 3 is taken back: the source withdrew its story
                the desk, Sun 2 Mar 2025
    "#]]
    .assert_eq(&(all.explain_entry(3, on("2025-03-02", 100)) + &all.explain_entry(4, on("2025-03-02", 100))));
}
