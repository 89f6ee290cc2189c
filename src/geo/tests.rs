//! What officials' places mean: stories from the world, not from the code.

use super::*;
use crate::names::fold;

/// The id of the one place that a text means; "?" if it has to be asked about, "-" if there is none.
fn id(text: &str) -> &'static str {
    match find(text) {
        Found::One(place) => place.id(),
        Found::Several(_) => "?",
        Found::Nothing => "-",
    }
}

fn asked(text: &str) -> Vec<&'static str> {
    match find(text) {
        Found::Several(places) => places.iter().map(Place::id).collect(),
        found @ (Found::One(_) | Found::Nothing) => panic!("{text}: {found:?}"),
    }
}

#[test]
fn riyadh_is_a_capital_in_arabia() {
    let riyadh = city("riyadh").unwrap();
    assert_eq!((riyadh.name, riyadh.country, riyadh.zone), ("Riyadh", "SA", "Asia/Riyadh"));
    assert!(riyadh.capital);
    assert!(riyadh.population > 4_000_000);
    assert_eq!(find("Riyadh"), Found::One(Place::City(riyadh)));
    assert_eq!(country("Saudi Arabia").unwrap().capital, Some("riyadh"));
}

#[test]
fn the_cities_of_diplomacy_are_found_without_asking() {
    for name in [
        "Munich",
        "Jerusalem",
        "Riyadh",
        "Geneva",
        "Kyiv",
        "Paris",
        "London",
        "Rome",
        "Moscow",
        "Delhi",
        "New Delhi",
        "Doha",
        "Abu Dhabi",
        "Tokyo",
        "Kuwait City",
        "Mexico City",
        "Panama City",
        "Guatemala City",
        "San Salvador",
        "Santo Domingo",
        "Brussels",
        "The Hague",
        "Bern",
        "Vienna",
        "Washington",
        "New York",
        "Georgetown",
        "Santiago",
        "Alexandria",
        "Tripoli",
        "Jeddah",
        "Anchorage",
        "Helsinki",
        "Istanbul",
        "Astana",
        "Cologne",
        "Medina",
        "Cancún",
        "Tel Aviv",
        "Ramallah",
        "Sharm el-Sheikh",
        "Reykjavík",
    ] {
        assert_eq!(id(name), crate::names::slug(name).unwrap(), "{name}");
    }
}

#[test]
fn former_names_and_other_languages_mean_the_same_city() {
    let names = [
        ("Kiev", "kyiv"),
        ("Київ", "kyiv"),
        ("Москва", "moscow"),
        ("الرياض", "riyadh"),
        ("北京", "beijing"),
        ("Peking", "beijing"),
        ("Bombay", "mumbai"),
        ("Saigon", "ho-chi-minh-city"),
        ("Leningrad", "saint-petersburg"),
        ("St. Petersburg", "saint-petersburg"),
        ("Constantinople", "istanbul"),
        ("Rangoon", "yangon"),
        ("Genève", "geneva"),
        ("GENEVA ", "geneva"),
        ("Port-of-Spain", "port-of-spain"),
        ("West Berlin", "berlin"),
    ];
    for (name, place) in names {
        assert_eq!(id(name), place, "{name}");
    }
}

#[test]
fn washington_is_the_capital_however_it_is_written() {
    for text in ["Washington", "Washington, D.C.", "Washington, DC", "Washington D.C.", "Washington DC"] {
        assert_eq!(id(text), "washington", "{text}");
    }
    assert_eq!(city("washington").unwrap().region, "DC");
    assert_eq!(id("Washington, D.C., United States"), "washington");
    assert_eq!(id("Mexico, D.F."), "mexico-city");
}

#[test]
fn a_name_that_several_large_cities_bear_is_asked_about() {
    for name in ["Springfield", "San José", "San Jose", "Victoria", "Cartagena", "Valencia", "Hyderabad", "Hamilton"] {
        assert_eq!(id(name), "?", "{name}");
    }
    assert_eq!(asked("San José")[..2], ["san-jose", "san-jose-cr"], "California's is the larger");
    assert!(asked("Victoria").contains(&"victoria-sc"), "the capital of Seychelles is small, but a capital");
    assert_eq!(asked("Odessa")[..2], ["odesa", "odessa"], "in Ukraine, and in Texas");
    assert_eq!(asked("Salisbury")[..2], ["harare", "salisbury"]);
}

#[test]
fn the_country_or_region_behind_the_name_decides() {
    let qualified = [
        ("Paris, France", "paris"),
        ("Paris, FR", "paris"),
        ("Paris,fr", "paris"),
        ("Paris, TX", "paris-us"),
        ("Paris, Texas", "paris-us"),
        ("Paris (Texas)", "paris-us"),
        ("Paris, Texas, United States", "paris-us"),
        ("Springfield, Illinois", "springfield-us-il"),
        ("Springfield, Ill.", "-"),
        ("Bonn, Germany, Federal Republic of", "bonn"),
        ("Seoul, Korea, Republic of", "seoul"),
        ("San José, Costa Rica", "san-jose-cr"),
        ("San Jose, CA", "san-jose"),
        ("London, Ontario", "london-ca"),
        ("London, CA", "london-ca"),
        ("Perth, Scotland", "perth-gb"),
        ("Perth, Western Australia", "perth"),
        ("Halifax (Nova Scotia), Canada", "halifax"),
        ("Atlanta, Georgia", "atlanta"),
        ("Tbilisi, Georgia", "tbilisi"),
        ("Odessa, Ukraine", "odesa"),
        ("Salisbury, Southern Rhodesia (Zimbabwe)", "harare"),
        ("Mexico, Mexico", "mexico-city"),
        ("Jamaica, Jamaica", "jamaica"),
        ("Paris, Germany", "-"),
        ("Paris, Nowhere", "-"),
        ("Springfield, US", "?"),
    ];
    for (text, place) in qualified {
        assert_eq!(id(text), place, "{text}");
    }
}

#[test]
fn a_countrys_name_means_the_country() {
    for name in ["Georgia", "Lebanon", "Jordan", "Mexico", "Panama", "Cuba", "Kuwait", "Guatemala", "Saudi Arabia"] {
        let country = country(name).unwrap();
        assert_eq!(find(name), Found::One(Place::Country(country)), "{name}");
        assert_eq!(country.place_id, crate::names::slug(name).unwrap());
    }
    assert_eq!(city("lebanon-us").unwrap().country, "US");
    assert_eq!(city("lebanon"), None);
}

#[test]
fn a_capital_of_its_countrys_name_is_meant_before_the_country() {
    for (name, code) in [
        ("Singapore", "sg"),
        ("Luxembourg", "lu"),
        ("Djibouti", "dj"),
        ("Monaco", "mc"),
        ("San Marino", "sm"),
        ("Gibraltar", "gi"),
        ("Vatican City", "va"),
    ] {
        let plain = crate::names::slug(name).unwrap();
        assert!(city(&plain).unwrap().capital, "{name}");
        assert_eq!(id(name), plain);
        assert_eq!(country(name).unwrap().place_id, format!("{plain}-{code}"));
    }
}

#[test]
fn countries_are_known_by_the_names_they_were_called() {
    let names = [
        ("US", "US"),
        ("U.S.", "US"),
        ("u.s.a.", "US"),
        ("America", "US"),
        ("UK", "GB"),
        ("England", "GB"),
        ("U.S.S.R.", "RU"),
        ("Soviet Union", "RU"),
        ("Germany, Federal Republic of", "DE"),
        ("German Democratic Republic", "DE"),
        ("East Germany", "DE"),
        ("China, People’s Republic of", "CN"),
        ("Republic of China", "TW"),
        ("Korea, South", "KR"),
        ("Korea, Republic of", "KR"),
        ("Korea, North", "KP"),
        ("the Netherlands", "NL"),
        ("Republic of Poland", "PL"),
        ("Democratic Republic of the Congo (Zaire)", "CD"),
        ("Ceylon", "LK"),
        ("Burma", "MM"),
        ("Türkiye", "TR"),
        ("Swaziland", "SZ"),
        ("Upper Volta", "BF"),
        ("British Honduras", "BZ"),
        ("South Vietnam", "VN"),
        ("Canal Zone", "PA"),
        ("Czechoslovakia", "CZ"),
        ("Serbia-Montenegro (Kosovo)", "XK"),
        ("Holy See", "VA"),
        ("West Bank", "PS"),
        ("Cote d'Ivoire", "CI"),
        ("St. Lucia", "LC"),
        ("FR", "FR"),
        ("fra", "FR"),
    ];
    for (name, code) in names {
        assert_eq!(country(name).map(|country| country.code), Some(code), "{name}");
    }
    for other in ["", ",", "Republic of", "Atlantis", "Paris", "QQ"] {
        assert_eq!(country(other), None, "{other}");
    }
}

#[test]
fn a_code_is_asked_for_as_a_code_only() {
    assert_eq!(id("LA"), "los-angeles");
    assert_eq!(country_by_code("la").unwrap().name, "Laos");
    assert_eq!(country_by_code("SAU").unwrap().code, "SA");
    assert_eq!(country_by_code("France"), None);
}

#[test]
fn a_country_without_a_capital_still_lies_somewhere() {
    let palau = country("Palau").unwrap();
    assert_eq!((palau.capital, palau.zone), (None, "Pacific/Palau"));
    assert_eq!(country("Antarctica").unwrap().zone, "Antarctica/McMurdo");
}

#[test]
fn houses_and_streets_speak_for_governments() {
    let voices = [
        ("the White House", "US"),
        ("State Department", "US"),
        ("U.S. Department of State", "US"),
        ("Pentagon", "US"),
        ("Kremlin", "RU"),
        ("Élysée", "FR"),
        ("Quai d’Orsay", "FR"),
        ("10 Downing Street", "GB"),
        ("Foreign Office", "GB"),
        ("Palazzo Chigi", "IT"),
        ("Zhongnanhai", "CN"),
        ("Blue House", "KR"),
        ("Itamaraty", "BR"),
        ("Bankova", "UA"),
    ];
    for (text, code) in voices {
        assert_eq!(voice(text).map(|country| country.code), Some(code), "{text}");
    }
    assert_eq!(voice("France"), None);
    assert_eq!(voice(""), None);
    for (code, name) in voice::all() {
        assert_eq!(fold(name), name, "written as it is compared");
        assert_eq!(voice(name).unwrap().code, code);
    }
}

#[test]
fn a_slip_of_the_hand_is_taken_for_the_largest_place_near() {
    let first = |typed| nearest(typed, 3).first().map(Place::id);
    assert_eq!(first("Ryiadh"), Some("riyadh"));
    assert_eq!(first("Brusels"), Some("brussels"));
    assert_eq!(first("Saudi Arabai"), Some("saudi-arabia"));
    assert_eq!(first("Abu Dabi"), Some("abu-dhabi"));
    assert_eq!(first("Qqqqqq"), None);
    assert!(nearest("", 3).is_empty());
    assert!(nearest("Paris", 0).is_empty());
}

#[test]
fn regions_are_named_for_asking() {
    assert_eq!(region_name("US", "IL"), Some("Illinois"));
    assert_eq!(region_name("CA", "08"), Some("Ontario"));
    assert_eq!(region_name("SA", "10"), None);
    assert_eq!(city("springfield-us-il").unwrap().region, "IL");
}

#[test]
fn distances_are_those_of_the_globe() {
    let km = |from: &str, to: &str| distance_km(place(from).unwrap().coordinates(), place(to).unwrap().coordinates());
    assert!((km("washington", "riyadh") - 10_860.0).abs() < 60.0);
    assert!((km("london", "paris") - 344.0).abs() < 5.0);
    assert!((km("geneva", "munich") - 460.0).abs() < 15.0);
    assert_eq!(km("paris", "paris"), 0.0);
    let half_way_round = distance_km((0.0, 0.0), (0.0, 180.0));
    assert!((half_way_round - 20_015.1).abs() < 0.1);
    assert!((distance_km((90.0, 0.0), (-90.0, 77.0)) - half_way_round).abs() < 0.1);
    assert!((distance_km((0.0, 179.5), (0.0, -179.5)) - 111.2).abs() < 0.1, "across the date line");
}

#[test]
fn nothing_typed_is_too_odd_to_be_looked_up() {
    let long = "a, ".repeat(500);
    for odd in ["", " ", ",", ",,", "(", ")", "()", "(x)", ", France", "Paris,", "é,", "\u{301}", "\0", "𝔓𝔞𝔯𝔦𝔰,🦀", &long]
    {
        let _ = (find(odd), country(odd), voice(odd), place(odd), nearest(odd, 2));
    }
    assert_eq!(id(", France"), "france");
}

#[test]
fn the_land_of_a_state_that_is_gone_lies_in_those_of_now() {
    let codes = |name: &str| lands(name).iter().map(|land| land.code).collect::<Vec<_>>().join(" ");
    assert_eq!(codes("U.S.S.R."), "RU UA BY UZ KZ GE AZ LT MD LV KG TJ AM TM EE");
    assert_eq!(codes("Czechoslovakia"), "CZ SK");
    assert_eq!(codes("Yugoslavia (Kosovo)"), "XK RS HR SI BA MK ME");
    assert_eq!(codes("Denmark (Greenland)"), "GL DK");
    assert_eq!(codes("Germany, Federal Republic of"), "DE");
    assert_eq!(codes("Atlantis"), "");
    for (name, state, city) in [
        ("Kiev", "U.S.S.R.", "kyiv"),
        ("Leningrad", "U.S.S.R.", "saint-petersburg"),
        ("Bratislava", "Czechoslovakia", "bratislava"),
    ] {
        assert!(matches!(find_in(name, &lands(state)), Found::One(place) if place.id() == city), "{name}");
    }
    assert_eq!(find_in("Conakry", &lands("Guinea")), find("Conakry"), "the city, not the country that is also called so");
}

#[test]
fn lands_overseas_are_looked_in_only_where_nothing_nearer_has_the_name() {
    let britain = lands("United Kingdom");
    assert_eq!(find_in("Bermuda", &britain), Found::Nothing);
    assert!(matches!(find_overseas("Bermuda", &britain), Found::One(place) if place.id() == "bermuda"));
    assert!(matches!(find_overseas("Port Antonio", &britain), Found::One(place) if place.country_code() == "JM"));
    assert!(matches!(find_in("London", &britain), Found::One(place) if place.id() == "london"));
}
