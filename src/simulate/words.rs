//! The words that a world is told in.

/// Given names.
pub(super) const GIVEN: &[&str] = &[
    "Ada", "Aidan", "Aina", "Alba", "Amara", "Amir", "Anders", "Anouk", "Aram", "Astrid", "Bela", "Bruno", "Carla", "Chidi",
    "Dalia", "Dario", "Davit", "Elena", "Elias", "Emeka", "Esra", "Farid", "Fatou", "Goran", "Hana", "Hugo", "Ilya", "Imani",
    "Ines", "Ivan", "Jana", "Jonas", "Kamal", "Karim", "Kenji", "Laila", "Lars", "Leila", "Luis", "Maia", "Marek", "Marta",
    "Mei", "Mila", "Nadia", "Nino", "Nuno", "Olga", "Omar", "Oscar", "Petra", "Rafael", "Rana", "Rosa", "Samir", "Sara", "Tarek",
    "Tomas", "Vera", "Yara", "Yusuf", "Zora",
];

/// Family names, invented and plausible.
pub(super) const FAMILIES: &[&str] = &[
    "Abara",
    "Adeyo",
    "Akman",
    "Albrecht",
    "Almeira",
    "Amadi",
    "Andresen",
    "Arslan",
    "Balanti",
    "Banerji",
    "Barzan",
    "Belmonte",
    "Berisha",
    "Bondar",
    "Borges",
    "Castela",
    "Cerny",
    "Chaudhri",
    "Cissoko",
    "Dalgaard",
    "Darvish",
    "Delacroix",
    "Demir",
    "Diallo",
    "Dimitrov",
    "Dragan",
    "Eriksen",
    "Esposito",
    "Fadel",
    "Farkas",
    "Ferrante",
    "Fonseca",
    "Galanis",
    "Georgiou",
    "Ghazali",
    "Gomes",
    "Grigoryan",
    "Haddad",
    "Halonen",
    "Hamidi",
    "Hashimoto",
    "Horvat",
    "Ibarra",
    "Idrissi",
    "Ivanenko",
    "Jansen",
    "Jovanovic",
    "Kaplan",
    "Karimov",
    "Kimura",
    "Koroma",
    "Kovacs",
    "Kruger",
    "Lindqvist",
    "Lombardi",
    "Makarov",
    "Mansouri",
    "Marchetti",
    "Mbeki",
    "Mendoza",
    "Molnar",
    "Moreau",
    "Mwangi",
    "Nasser",
    "Novak",
    "Nyberg",
    "Obando",
    "Okafor",
    "Orlov",
    "Osei",
    "Papadakis",
    "Pereira",
    "Petrov",
    "Quispe",
    "Rahimi",
    "Ramires",
    "Rossi",
    "Sandoval",
    "Sargsyan",
    "Sato",
    "Schaller",
    "Sharif",
    "Silva",
    "Sokolov",
    "Soto",
    "Stefanov",
    "Suleiman",
    "Tamm",
    "Tanaka",
    "Toure",
    "Vargas",
    "Vasquez",
    "Virtanen",
    "Wagner",
    "Weiss",
    "Yilmaz",
    "Zamani",
    "Zelenko",
    "Zhou",
    "Ziegler",
];

/// Offices of ministers.
pub(super) const MINISTRIES: &[&str] =
    &["Minister of Defence", "Minister of Finance", "Minister of Trade", "Minister of Energy", "Minister of the Interior"];

/// Outlets: the name, and where their reports can be read.
pub(super) const OUTLETS: &[(&str, &str)] = &[
    ("AFP", "afp.example"),
    ("AP", "ap.example"),
    ("Reuters", "reuters.example"),
    ("The Daily Courier", "courier.example"),
    ("Continental Wire", "continental.example"),
    ("El Observador", "observador.example"),
    ("Morning Dispatch", "dispatch.example"),
    ("Nordic News Agency", "nna.example"),
    ("Pacific Herald", "herald.example"),
    ("Ministry of Foreign Affairs", "mfa.example"),
    ("Presidential Press Service", "press.example"),
    ("State News Agency", "sna.example"),
    ("The Gazette", "gazette.example"),
    ("Tribune de Geneve", "tribune.example"),
    ("Gulf Times", "gulf.example"),
    ("Capital FM", "capital.example"),
];

/// Voices that bear no name.
pub(super) const VOICES: &[&str] = &["a spokesman", "a senior official", "a diplomat", "the foreign ministry", "an adviser"];

/// Those who log.
pub(super) const DESK: &[&str] = &["ana", "ben", "chloe", "dmitri", "eva"];

/// What is spoken of.
pub(super) const TOPICS: &[&str] = &[
    "a lasting ceasefire",
    "the grain corridor",
    "energy supplies",
    "the border crossing",
    "the exchange of prisoners",
    "trade and tariffs",
    "the nuclear file",
    "migration",
    "climate finance",
    "the peace plan",
    "maritime security",
    "the accession talks",
    "reconstruction",
    "visa rules",
    "water rights",
    "arms control",
    "debt relief",
    "food security",
];

/// Key words, one for each of the topics.
pub(super) const KEYS: &[&str] = &[
    "ceasefire",
    "grain",
    "energy",
    "border",
    "prisoners",
    "trade",
    "nuclear",
    "migration",
    "climate",
    "peace",
    "maritime",
    "accession",
    "reconstruction",
    "visas",
    "water",
    "arms",
    "debt",
    "food",
];

/// How a statement begins; a topic follows.
pub(super) const OPENINGS: &[&str] = &[
    "We will continue to work with our partners on ",
    "Nobody should doubt our commitment to ",
    "There can be no progress without ",
    "In the coming days we expect a decision about ",
    "I have made it clear to all sides that we need ",
    "Our position has not changed: we insist on ",
    "We had a frank and useful conversation about ",
];

/// How it goes on; another topic follows.
pub(super) const MIDDLES: &[&str] = &[
    ", and we are ready to discuss ",
    "; at the same time we have to speak about ",
    ", which cannot be separated from ",
    ", but the other side has still to answer our proposals on ",
    ", together with ",
];

/// How it ends.
pub(super) const ENDINGS: &[&str] = &[
    ".",
    ".",
    ".",
    " before the end of the year.",
    " in the interest of both sides.",
    ". The details will be announced in due course.",
];

/// What is added to a speech that is too short: a sentence of at least sixty characters.
pub(super) const REMARKS: &[&str] = &[
    " We thank our hosts for their hospitality and for their patience.",
    " This is what our peoples expect of us, and this is what we are here to deliver.",
    " I shall not go into details today, since the talks are still going on.",
    " Whoever says otherwise has not been in the room, and should not speak for us.",
];

/// What a report says of itself; a name or a place follows.
pub(super) const HEADLINES: &[&str] =
    &["Talks on ", "Officials weigh ", "Hopes rise for ", "Doubts over ", "Fresh push for ", "Leaders to discuss "];

/// What one goes somewhere for.
pub(super) const PURPOSES: &[&str] =
    &["bilateral talks", "a working visit", "an official visit", "a conference", "consultations", "the signing of an agreement"];

/// Why something does not take place.
pub(super) const REASONS: &[&str] =
    &["scheduling difficulties", "illness", "developments at home", "a disagreement about the agenda", "bad weather"];

/// What came of a meeting.
pub(super) const OUTCOMES: &[&str] = &[
    "the sides agreed to meet again",
    "a joint statement was adopted",
    "no agreement was reached",
    "a working group was set up",
    "a memorandum was signed",
];

/// What a desk remarks.
pub(super) const NOTES: &[&str] =
    &["to be confirmed", "seen by our correspondent", "compare the agency's report", "by telephone"];
