//! What names are compared as, in the cases that officials and their places bring.

use super::*;

#[test]
fn accents_case_and_punctuation_do_not_tell_names_apart() {
    let same = [
        ("São Paulo", "sao paulo"),
        ("N'Djamena", "ndjamena"),
        ("N’Djamena", "ndjamena"),
        ("Tromsø", "tromso"),
        ("ŁÓDŹ", "lodz"),
        ("Đà Nẵng", "da nang"),
        ("Reykjavík", "reykjavik"),
        ("Þingvellir", "thingvellir"),
        ("Weißenburg", "weissenburg"),
        ("Diyarbakır", "diyarbakir"),
        ("İstanbul", "istanbul"),
        ("Sharm el-Sheikh", "sharm el sheikh"),
        ("  Washington,   D.C. ", "washington d c"),
        ("Київ", "киів"),
        ("ΑΘΗΝΑΣ", "αθηνασ"),
        ("Αθήνας", "αθηνασ"),
        ("Ｔｏｋｙｏ", "tokyo"),
        ("—!—", ""),
        ("", ""),
    ];
    for (written, folded) in same {
        assert_eq!(fold(written), folded, "{written}");
        assert_eq!(fold(&fold(written)), folded, "{written} folded twice");
    }
}

#[test]
fn one_person_written_in_many_ways_has_one_key() {
    let persons: [&[&str]; 6] = [
        &["Zelenski", "Zelenskyy", "Zelensky", "Zelens'kyi", "Zelenskyj", "Зеленский"],
        &["Sergei Lavrov", "Sergey Lavrov", "Sergej Lawrow", "Сергей Лавров", "SERGEI  LAVROV"],
        &["Khrushchev", "Хрущев", "Хрущёв", "Hrushchev"],
        &["Aleksei", "Alexei", "Alexey", "Aleksey", "Алексей"],
        &["Marco Rubio", "marco rubio"],
        &["Mohammed", "Mohamed"],
    ];
    for ways in persons {
        for way in ways {
            assert_eq!(key(way), key(ways[0]), "{way} and {}", ways[0]);
        }
    }
    assert_ne!(key("Lavrov"), key("Larov"));
    assert_ne!(key("Marco Rubio"), key("Maria Rubio"));
}

#[test]
fn a_word_of_mixed_letters_looks_like_the_name_but_has_another_key() {
    let disguised = "L\u{0430}vrov"; // а is Cyrillic
    assert!(mixed_script(disguised));
    assert_ne!(key(disguised), key("Lavrov"));
    assert_eq!(skeleton(disguised), "lavrov");

    let greek = "Rubi\u{03BF}"; // ο is Greek
    assert!(mixed_script(greek));
    assert_ne!(key(greek), key("Rubio"));
    assert_eq!(skeleton(greek), "rubio");

    for honest in ["Lavrov", "Лавров", "Μητσοτάκης", "Łukasz", "G20", "王毅", ""] {
        assert!(!mixed_script(honest), "{honest}");
    }
}

#[test]
fn ids_are_lower_case_ascii_words_joined_by_hyphens() {
    let ids = [
        ("Abu Dhabi", "abu-dhabi"),
        ("São Paulo", "sao-paulo"),
        ("N'Djamena", "ndjamena"),
        ("Marco Rubio", "marco-rubio"),
        ("Лавров", "lavrov"),
        ("Washington, D.C.", "washington-d-c"),
    ];
    for (name, id) in ids {
        assert_eq!(slug(name).as_deref(), Some(id));
    }
    assert_eq!(slug("—"), None);
    assert_eq!(slug(""), None);
}

#[test]
fn a_long_name_is_cut_between_words_to_64_characters() {
    let long = slug("Ministerial Meeting of the Global Coalition to Defeat the Islamic State in Iraq and Syria").unwrap();
    assert_eq!(long, "ministerial-meeting-of-the-global-coalition-to-defeat-the");
    assert_eq!(slug(&"a".repeat(80)).unwrap().len(), 64);
    assert_eq!(slug(&"ab ".repeat(40)).unwrap().len(), 62);
}

#[test]
fn a_slip_of_the_hand_finds_the_name_that_was_meant() {
    let officials = ["marco-rubio", "sergei-lavrov", "mike-waltz", "steve-witkoff"];
    let meant = |typed| nearest(typed, officials.into_iter(), 2);
    assert_eq!(meant("marco-rubbio"), ["marco-rubio"]);
    assert_eq!(meant("sregei lavrov"), ["sergei-lavrov"]);
    assert_eq!(meant("witk"), ["steve-witkoff"]);
    assert_eq!(meant("rubio"), ["marco-rubio"]);
    assert!(meant("angela-merkel").is_empty());
    assert!(meant("").is_empty());
    assert_eq!(nearest("cat", ["bat", "cat", "cut"].into_iter(), 2), ["cat", "cut"]);
    assert!(nearest("cat", ["cat"].into_iter(), 0).is_empty());
}

#[test]
fn hyphens_and_en_dashes_keep_a_word_together() {
    assert_eq!(words("US–Russia talks"), ["us-russia", "talks"]);
    assert_eq!(words("US-Russia talks"), ["us-russia", "talks"]);
    assert_eq!(words("Al-Riyadh, Saudi Arabia"), ["al-riyadh", "saudi", "arabia"]);
    assert_eq!(words("talks — at last -- end"), ["talks", "at", "last", "end"]);
    assert_eq!(words("five- to six-hour"), ["five", "to", "six-hour"]);
    assert_eq!(words("- ' -"), Vec::<String>::new());
}

#[test]
fn a_name_is_found_in_a_text_by_whole_words_only() {
    let text = words("Secretary Marco Rubio met the US–Russia delegation");
    assert!(has_run(&text, &words("marco rubio")));
    assert!(has_run(&text, &words("US-Russia")));
    assert!(!has_run(&text, &words("Russia")));
    assert!(!has_run(&text, &words("Rubio Marco")));
    assert!(!has_run(&text, &words("Rub")));
    assert!(!has_run(&text, &words("")));
    assert!(!has_run(&words(""), &text));
}

#[test]
fn a_surname_written_first_is_put_last() {
    assert_eq!(reordered("Lavrov, Sergei").as_deref(), Some("Sergei Lavrov"));
    assert_eq!(reordered("Biden, Joseph R., Jr.").as_deref(), Some("Joseph R. Biden Jr."));
    for other in ["Sergei Lavrov", "Joseph R. Biden, Jr.", "Lavrov,", ", Sergei", "a, b, c", ""] {
        assert_eq!(reordered(other), None, "{other}");
    }
}
