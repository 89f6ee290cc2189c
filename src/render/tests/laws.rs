use super::desk::{Desk, on, slipping};

#[test]
fn look() {
    let desk = Desk::riyadh_and_after();
    for width in std::env::var("W").unwrap_or_else(|_| "80".into()).split(',').map(|w| w.parse::<usize>().unwrap()) {
        println!("=================== {width}");
        let mut ask = |d: &str| {
            let mut a = on(d, width);
            a.page.colour = std::env::var("C").is_ok();
            a
        };
        let parts = vec![
            desk.where_is(&["rubio"], ask("2025-02-16")),
            desk.where_is(&["rubio"], ask("2025-02-17").public()),
            desk.where_is(&["rubio", "lavrov"], ask("2025-02-18").public_by(crate::time::day(2025, 2, 17))),
            desk.where_is(&["lavrov", "zelensky"], ask("2025-02-17").public()),
            desk.where_is(&["rubio"], ask("2025-02-19").public_by(crate::time::day(2025, 2, 17))),
            desk.where_is(&["rubio"], ask("2025-02-19")),
            desk.where_is(&["rubio", "macron"], ask("2025-02-22")),
            desk.everybody(ask("2025-02-18").public_by(crate::time::day(2025, 2, 17))),
            desk.everybody(ask("2025-02-19").public_by(crate::time::day(2025, 2, 17))),
            desk.itinerary("rubio", ask("2025-02-20")),
            desk.itinerary("lavrov", ask("2025-02-17").public()),
            desk.who("riyadh", ask("2025-02-18").public_by(crate::time::day(2025, 2, 17))),
            desk.who("sa", ask("2025-02-18")),
            desk.who("moscow", ask("2025-02-18")),
            desk.summits(ask("2025-02-17").public()),
            desk.summits(ask("2025-03-01")),
            desk.meeting("riyadh-talks", ask("2025-03-01")),
            slipping().summits(ask("2025-03-09")),
            slipping().meeting("talks", ask("2025-03-09")),
            desk.explain_official("rubio", ask("2025-02-18")),
            desk.explain_meeting("trump-putin", ask("2025-02-18")),
            slipping().explain_entry(5, ask("2025-03-09")),
            slipping().explain_entry(6, ask("2025-03-09")),
        ];
        for part in parts {
            println!("{part}--------");
        }
    }
}
