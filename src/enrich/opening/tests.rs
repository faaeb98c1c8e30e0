//! Openings of invented stories in many languages.

use super::{read, read_with};
use crate::story::{Origin, Status, Story};

pub(super) fn story(text: &str) -> Story {
    let mut story = Story::new(text.to_owned());
    let known = ["Sofia", "София", "KUWAIT", "Lyon", "OTTAWA", "Gdańsk", "BERLIN", "Lima", "QUITO", "GRANADA"];
    read_with(&mut story, &|name| known.contains(&name));
    story
}

/// Agency id, places, date and the first characters of the lead.
type Row = (&'static str, &'static str, &'static str, &'static str, &'static str);

const DATELINES: &[Row] = &[
    ("Lyon - IRNA - Des experts réunis samedi.", "irna", "Lyon", "", "Des experts"),
    ("OSLO, May 3 (Reuters) - Herring prices rose.", "reuters", "OSLO", "May 3", "Herring"),
    ("OSLO, 3 May 2021 (AFP) -- Herring prices rose.", "afp", "OSLO", "3 May 2021", "Herring"),
    ("Genève, 14 févr. 2020 (AFP) - Les négociations ont repris.", "afp", "Genève", "14 févr. 2020", "Les négo"),
    ("GENÈVE (ATS). — La séance est levée.", "ats", "GENÈVE", "", "La séance"),
    ("Sevilla, 9 mar (EFE).- Un tren descarriló.", "efe", "Sevilla", "9 mar", "Un tren"),
    ("Braga, 4 out 2019 (Lusa) - O mercado abriu.", "lusa", "Braga", "4 out 2019", "O mercado"),
    ("(ANSA) - TORINO, 3 MAG - La fabbrica riapre.", "ansa", "TORINO", "3 MAG", "La fabbrica"),
    ("(ANSA) - CANAZEI (TRENTO), 3 MAG - La funivia riapre.", "ansa", "CANAZEI (TRENTO)", "3 MAG", "La funivia"),
    ("Kiel (dpa) - Die Fähre legt wieder ab.", "dpa", "Kiel", "", "Die Fähre"),
    ("San Diego (tca/dpa) - Die Zoos öffnen wieder.", "dpa", "San Diego", "", "Die Zoos"),
    ("Frankfurt/Main (dpa) - Die Messe öffnet wieder.", "dpa", "Frankfurt/Main", "", "Die Messe"),
    ("Graz, 7. Jänner 2022 (APA) - Der Schnee kam spät.", "apa_at", "Graz", "7. Jänner 2022", "Der Schnee"),
    ("UTRECHT (ANP) - De brug blijft dicht.", "anp", "UTRECHT", "", "De brug"),
    ("Aarhus /ritzau/: En færge er forsinket.", "ritzau", "Aarhus", "", "En færge"),
    ("КАЗАНЬ, 4 июня. /ТАСС/. Завод открыли вновь.", "tass", "КАЗАНЬ", "4 июня", "Завод"),
    ("ТОМСК, 8 фев — РИА Новости. Снег выпал рано.", "ria", "ТОМСК", "8 фев", "Снег"),
    ("Тверь. 9 мая. ИНТЕРФАКС - Мост закрыт.", "interfax", "Тверь", "9 мая", "Мост"),
    ("ЛЬВІВ. 3 травня. УНН. Трамвай зупинили.", "unn", "ЛЬВІВ", "3 травня", "Трамвай"),
    (
        "ШАХТЫ (Ростовская обл.), 4 июня. /ТАСС/. Завод открыли вновь.",
        "tass",
        "ШАХТЫ (Ростовская обл.)",
        "4 июня",
        "Завод",
    ),
    ("ШАХТЫ /Ростовская обл./, 4 июня. /ТАСС/. Завод открыли.", "tass", "ШАХТЫ /Ростовская обл./", "4 июня", "Завод"),
    ("ТОМСК (Томский р-н), 8 фев — РИА Новости. Снег выпал.", "ria", "ТОМСК (Томский р-н)", "8 фев", "Снег"),
    (
        "ЛЬВІВ (Львівська обл.), 3 травня 2021 (РБК-Україна) - Міст.",
        "rbc_ua",
        "ЛЬВІВ (Львівська обл.)",
        "3 травня 2021",
        "Міст",
    ),
    (
        "RADOM (woj. mazowieckie), 4 czerwca (PAP) - Most otwarto.",
        "pap",
        "RADOM (woj. mazowieckie)",
        "4 czerwca",
        "Most",
    ),
    (
        "MONZA (prov. di Monza), 3 maggio (ANSA) - La fabbrica riapre.",
        "ansa",
        "MONZA (prov. di Monza)",
        "3 maggio",
        "La fabbrica",
    ),
    ("PARIS (corr. particulière), 14 févr. (AFP) - La séance est levée.", "afp", "PARIS", "14 févr.", "La séance"),
    ("Варна, 6 март /БТА/ Пристанището отвори.", "bta", "Варна", "6 март", "Пристанището"),
    ("София. Мостът над реката беше отворен днес след дълъг ремонт.", "", "София", "", "Мостът"),
    ("Košice 5. novembra (TASR) - Vlaky meškali.", "tasr", "Košice", "5. novembra", "Vlaky"),
    ("Brno 5. dubna (ČTK) - Zoo má nové lvy.", "ctk", "Brno", "5. dubna", "Zoo"),
    ("Cluj-Napoca, 2 iul /Agerpres/ - Trenul a întârziat.", "agerpres", "Cluj-Napoca", "2 iul", "Trenul"),
    ("İZMİR (AA) - Liman yeniden açıldı.", "aa", "İZMİR", "", "Liman"),
    ("Medan (ANTARA) - Pasar ikan dibuka lagi.", "antara", "Medan", "", "Pasar"),
    ("IPOH, 6 Mac (Bernama) -- Hujan lebat turun.", "bernama", "IPOH", "6 Mac", "Hujan"),
    ("شیراز - ایرنا - باران بارید و راه‌ها بسته شد.", "irna", "شیراز", "", "باران"),
    ("حلب 3 آذار (سانا) - افتتح السوق أبوابه.", "sana", "حلب", "3 آذار", "افتتح"),
    ("دبي في 7 مارس / وام / افتتح المعرض أبوابه.", "wam", "دبي", "7 مارس", "افتتح"),
    ("新华社成都3月4日电（记者王小明）春茶开始采摘。", "xinhua", "成都", "3月4日", "春茶"),
    ("中新网拉萨5月6日电 牧民转场。", "cns", "拉萨", "5月6日", "牧民"),
    ("（中央社記者陳大同花蓮7日電）漁港今天恢復作業。", "cna_tw", "花蓮", "7日", "漁港"),
    ("【パリ時事】市場は小幅に上昇した。", "jiji", "パリ", "", "市場"),
    ("【カイロ共同】博物館が再開した。", "kyodo", "カイロ", "", "博物館"),
    ("(부산=연합뉴스) 홍길동 기자 = 항구가 다시 열렸다.", "yonhap", "부산", "", "항구"),
    ("BOISE, Idaho (AP) — The bridge reopened.", "ap", "BOISE, Idaho", "", "The bridge"),
    ("ALBANY, N.Y., July 8 - Milk prices fell again.", "", "ALBANY, N.Y.", "July 8", "Milk"),
    (
        "DURANGO (MEXICO), 3 MAR 88 (NOTIMEX) -- [TEXT] A TRAIN LEFT.",
        "notimex",
        "DURANGO (MEXICO)",
        "3 MAR 88",
        "[TEXT]",
    ),
    ("AREQUIPA, 4 JUN 87 (RADIO DEL SUR) -- [TEXT] RAIN FELL.", "src:radio del sur", "AREQUIPA", "4 JUN 87", "[TEXT]"),
    ("CUZCO, 4 JUN 87 (AFP-EFE) -- RAIN FELL.", "afp-efe", "CUZCO", "4 JUN 87", "RAIN"),
    ("OTTAWA -- The canal froze over in December this year.", "", "OTTAWA", "", "The canal"),
    ("KUWAIT: The central market opened two hours late on Monday.", "", "KUWAIT", "", "The central"),
    ("GRANADA 1997-03-04\nA train left the station.", "", "GRANADA", "1997-03-04", "A train"),
    ("(Reuters) - Un violoniste joue encore.", "reuters", "", "", "Un violoniste"),
    ("June 9 (UPI) -- A swarm of bees landed.", "upi", "", "June 9", "A swarm"),
    ("HANOI, March 3 (VNA) - Rice exports rose.", "vna", "HANOI", "March 3", "Rice"),
    ("SAPPORO, Japan, Feb. 9 Kyodo - Snow fell.", "kyodo", "SAPPORO, Japan", "Feb. 9", "Snow"),
    ("VIENNA 121400 REUTER = MILK PRICES FELL AGAIN.", "reuters", "VIENNA", "", "MILK"),
    ("BERNE, 16. — Havas. — Le conseil a siégé.", "havas", "BERNE", "16", "Le conseil"),
    ("By Jane Doe Pune, Oct 17 (PTI) Rain fell.", "pti", "Pune", "Oct 17", "Rain"),
    ("BERLIN - Die Züge fahren heute wieder nach Plan.", "", "BERLIN", "", "Die Züge"),
    ("Jaipur [India], June 7 (ANI): The fort reopened.", "ani", "Jaipur [India]", "June 7", "The fort"),
    (
        "Sofia, Jun 7, 2021 / 11:40 am (PTI). The church reopened.",
        "pti",
        "Sofia",
        "Jun 7, 2021 / 11:40 am",
        "The church",
    ),
    ("GENT 07/06 (BELGA) = De brug gaat weer open.", "belga", "GENT", "07/06", "De brug"),
    ("7.6.Gdańsk (PAP) - Port znów pracuje.", "pap", "Gdańsk", "7.6", "Port"),
    ("07.06. Gdańsk (PAP) - Port znów pracuje.", "pap", "Gdańsk", "07.06", "Port"),
    ("Szeged, 2021. június 7., hétfő (MTI) - A híd újra nyitva.", "mti", "Szeged", "2021. június 7", "A híd"),
    ("جدة 26 شوال 1442 هـ الموافق 07 يونيو 2021 م واس\nافتتح الميناء.", "spa", "جدة", "07 يونيو 2021", "افتتح"),
    ("الكويت - 7 - 6 (كونا) -- افتتح الميناء أبوابه.", "kuna", "الكويت", "7 - 6", "افتتح"),
    ("(평양 6월 7일발 조선중앙통신) 항구가 열렸다.", "kcna", "평양", "6월 7일", "항구"),
    ("（中央社倫敦7日綜合外電報導）橋梁今天重新開放。", "cna_tw", "倫敦", "7日", "橋梁"),
    ("STT, Sofia. Satama avattiin uudelleen maanantaina.", "stt", "Sofia", "", "Satama"),
    ("LYON, Feb. 3, 1915, via New York. -- The bridge is open.", "", "LYON", "Feb. 3, 1915", "The bridge"),
    ("(ZENIT News / Lyon, 07.06.2021).- The church reopened.", "zenit", "Lyon", "07.06.2021", "The church"),
    ("LYON, Monday, June 7. -- The Chamber met this afternoon.", "", "LYON", "June 7", "The Chamber"),
    ("Lyon, Monday, June 7, 2021 (PTI) – The bridge is open.", "pti", "Lyon", "June 7, 2021", "The bridge"),
    ("ЛИОН, 7 июня. /Корр. ТАСС Ада Лем/. Мост открыт.", "tass", "ЛИОН", "7 июня", "Мост"),
    (
        "À bord du Jeanne-Hachette, 7 juin 2021 (AFP) - Le navire part.",
        "afp",
        "À bord du Jeanne-Hachette",
        "7 juin 2021",
        "Le navire",
    ),
    (
        "Ligue des ponts (Lyon), 7 juin 2021 (AFP) - Le pont rouvre.",
        "afp",
        "Ligue des ponts (Lyon)",
        "7 juin 2021",
        "Le pont",
    ),
    ("15:32. Lima, jun. 7. El puente fue reabierto por la alcaldía.", "", "Lima", "jun. 7", "El puente"),
    ("NEW YORK--(BUSINESS WIRE)--A bridge was sold.", "businesswire", "NEW YORK", "", "A bridge"),
    ("OSLO, June 7, Kyodo - Prime Minister Ada Lem opened it.", "kyodo", "OSLO", "June 7", "Prime"),
    ("Kiel (ots) - Die Brücke ist offen.", "ots", "Kiel", "", "Die Brücke"),
];

#[test]
fn datelines_of_many_wires() {
    for (text, agency, places, date, lead) in DATELINES {
        let story = story(text);
        let line = story.dateline.as_ref();
        assert!(line.is_some(), "none in {text}");
        let Some(line) = line else { continue };
        assert_eq!(story.agency.as_ref().map_or("", |a| a.id.as_str()), *agency, "{text}");
        let found: Vec<&str> = line.places.iter().map(|p| p.as_written.as_str()).collect();
        assert_eq!(found.join("|"), *places, "{text}");
        let written = line.date_as_written.as_ref().map_or("", |d| d.value.trim_end_matches('.'));
        assert_eq!(written, date.trim_end_matches('.'), "{text}");
        assert!(text[story.layout.lead_start as usize..].starts_with(lead), "{text}");
        assert_eq!(line.span.end, story.layout.lead_start, "{text}");
    }
}

#[test]
fn what_is_no_dateline() {
    for text in [
        "",
        "\n\n",
        "(AFP)",
        "Lusa/fim",
        "JS/MK",
        "LYON-based engineers met on Friday.",
        "Open Telemetry Group (OTG) - Linux",
        "Local Union Service Agents (LUSA) - members only",
        "L'Agence France-Presse (AFP) rapporte que la séance est levée.",
        "Les marchés ont reculé, selon Reuters, après une séance calme.",
        "ТАСС: суд перенёс заседание на неделю без объяснений",
        "به گزارش خبرگزاری مهر، باران شدیدی بارید.",
        "Q: What did you see? A: Nothing at all, it was dark.",
        "MINISTER: We have read the report and will answer in due time.",
        "Herr Müller - der alte Nachbar - kam gestern wieder nach Hause.",
        "Vor drei Tagen - am Montag - war die Brücke noch offen.",
        "The bank (SNB) said on Monday that rates would stay where they are.",
        "3月4日，春茶开始采摘，茶农忙碌。",
        "据新华社报道，春茶开始采摘。",
        "항구의 아침 [AFP=연합뉴스] 항구의 아침",
        "Handball : Lemoine (Nantes) absent trois semaines",
        "Photo: AP/John Smith",
        "Le 3 mai, la ville a rouvert son marché - enfin.",
        "Interview - What the minister thinks of trains and of boats",
    ] {
        let story = story(text);
        assert!(story.dateline.is_none(), "{text}: {:?}", story.dateline);
    }
}

#[test]
fn several_agencies_and_places() {
    let story = story("Paris/Genf, 3. Mai (PTI/TASS) - Die Gespräche gehen weiter.");
    assert_eq!(story.agency.as_ref().map(|a| (a.id.as_str(), a.as_written.as_str())), Some(("pti/tass", "PTI/TASS")));
    assert_eq!(story.credits.iter().map(|c| c.id.as_str()).collect::<Vec<_>>(), ["pti", "tass"]);
    assert_eq!(story.dateline.as_ref().map(|d| d.places.len()), Some(2));
}

#[test]
fn headline_writers_flags_and_ends() {
    let text = "(LEAD) Harbour opens again\n\n(ATTN: ADDS details in para 3)\n\nBy Kim Lee\n\n\
        BUSAN, May 3 (Yonhap) -- The harbour opened.\nIt was noon.\n\nShips left.\n\nJS/MK\n\nLusa/fim\n";
    let story = story(text);
    let of = |s: &crate::story::Span| s.of(&story.text).to_owned();
    assert_eq!(story.headline.as_ref().map(|h| h.value.as_str()), Some("Harbour opens again"));
    assert_eq!(story.layout.headline.as_ref().map(of).as_deref(), Some("Harbour opens again"));
    assert_eq!(story.byline.as_ref().map(|b| b.value.as_str()), Some("Kim Lee"));
    assert_eq!(story.flags.len(), 2);
    let lead = &story.text[story.layout.lead_start as usize..story.layout.lead_end as usize];
    assert_eq!(lead, "The harbour opened.\nIt was noon.");
    assert!(story.text[..story.layout.body_end as usize].ends_with("Ships left."));
    assert_eq!(story.credits.iter().map(|c| c.id.as_str()).collect::<Vec<_>>(), ["lusa"]);
}

#[test]
fn what_stands_above_a_dateline_is_not_all_headline() {
    for (text, headline) in [
        ("Bridge opens\nBy ADA WRITER\nAP Sports Writer\n\nOSLO (AP) - The bridge opened.", Some("Bridge opens")),
        ("By ADA WRITER\nAP Sports Writer\n\nOSLO (AP) - The bridge opened.", None),
        ("BC-NO--Bridge,1st Ld-Writethru\nEds: UPDATES with toll.\n\nOSLO (AP) - The bridge opened.", None),
        ("Bridge opens\n\nJan 5, 2025 4:35 PM\n\nOSLO (AP) - The bridge opened.", Some("Bridge opens")),
        ("Jan 5, 2025 4:35 PM\nBridge opens\n\nOSLO (AP) - The bridge opened.", Some("Bridge opens")),
    ] {
        let story = story(text);
        assert_eq!(story.headline.as_ref().map(|h| h.value.as_str()), headline, "{text}");
        let slugged = text.starts_with("BC-");
        assert_eq!(story.status.value == Status::Update, slugged, "{text}");
        assert_eq!((story.slug.is_some(), story.ednote.is_some()), (slugged, slugged), "{text}");
        assert!(story.dateline.is_some(), "{text}");
    }
}

#[test]
fn a_story_without_a_dateline_has_a_headline_and_a_lead() {
    let two = story("Le pont rouvre\n\nPar Anne Petit\n\nLe pont a rouvert lundi.\n\nFin.");
    assert_eq!(two.headline.as_ref().map(|h| h.value.as_str()), Some("Le pont rouvre"));
    assert_eq!(two.byline.as_ref().map(|b| b.value.as_str()), Some("Anne Petit"));
    assert_eq!(&two.text[two.layout.lead_start as usize..two.layout.lead_end as usize], "Le pont a rouvert lundi.");
    let one = story("Le pont a rouvert lundi.\n");
    assert!(one.headline.is_none() && one.layout.lead_start == 0);
    let tight = story("Bridge opens\nOSLO, May 3 (AFP) - The bridge opened.");
    assert_eq!(tight.headline.as_ref().map(|h| h.value.as_str()), Some("Bridge opens"));
}

#[test]
fn the_lead_ends_with_its_paragraph() {
    let lead = |text: &str| {
        let story = story(text);
        story.text[story.layout.lead_start as usize..story.layout.lead_end as usize].to_owned()
    };
    let long = "The harbour was opened by the mayor. ".repeat(6);
    for (text, expected) in [
        // Set in: the first line further than the others.
        ("    OSLO, May 3 - The harbour\nopened.\n    It was noon.\n", "The harbour\nopened."),
        ("OSLO, May 3 (AFP) - The harbour\nopened.\n\tIt was noon.\n", "The harbour\nopened."),
        // All lines set in alike: no paragraph begins there.
        ("  OSLO, May 3 (AFP) - The harbour\n  opened.\n\n  It was noon.\n", "The harbour\n  opened."),
        // A paragraph a line.
        (&format!("OSLO, May 3 (AFP) - {long}\nIt was noon.\n"), long.trim_end()),
    ] {
        assert_eq!(lead(text), expected, "{text}");
    }
}

fn check_spans(story: &Story) -> Result<(), proptest::test_runner::TestCaseError> {
    let same = |origin: &Origin, written: &str| match origin {
        Origin::Text(span) => span.of(&story.text) == written,
        _ => true,
    };
    for agency in story.agency.iter().chain(&story.credits) {
        proptest::prop_assert!(agency.evidence.iter().all(|e| same(&e.origin, &agency.as_written)));
    }
    if let Some(headline) = &story.headline {
        // One line, whatever lines it was read from.
        let same = |origin: &Origin| match origin {
            Origin::Text(span) => span.of(&story.text).split_whitespace().eq(headline.value.split_whitespace()),
            _ => true,
        };
        proptest::prop_assert!(headline.evidence.iter().all(|e| same(&e.origin)) && !headline.value.contains('\n'));
    }
    for value in story.byline.iter().chain(&story.flags) {
        proptest::prop_assert!(value.evidence.iter().all(|e| same(&e.origin, &value.value)));
    }
    if let Some(line) = &story.dateline {
        proptest::prop_assert!(line.places.iter().all(|p| p.span.of(&story.text) == p.as_written));
        if let Some(date) = &line.date_as_written {
            proptest::prop_assert!(date.evidence.iter().all(|e| same(&e.origin, &date.value)));
        }
        proptest::prop_assert!(!line.span.of(&story.text).is_empty());
    }
    let layout = story.layout;
    proptest::prop_assert!(layout.lead_start <= layout.lead_end && layout.lead_end <= layout.body_end);
    for at in [layout.lead_start, layout.lead_end, layout.body_end] {
        proptest::prop_assert!(story.text.is_char_boundary(at as usize));
    }
    Ok(())
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_without_panic(text in "(?s).{0,160}") {
        let mut story = Story::new(text);
        read(&mut story);
        check_spans(&story)?;
    }

    #[test]
    fn pieces_of_datelines_in_any_order(parts in proptest::collection::vec(proptest::sample::select(vec![
        "PARIS", "Lyon", " (AFP)", "(", ")", "/ТАСС/", " - ", "—", ", ", ". ", "\n", "\n\n", "3 mai", "May 3", "2024", "新华社",
        "北京", "8月2日", "电", "（记者", "【", "】", "時事", "=", "연합뉴스", "기자", "By ", "Jane Doe", "KILL", "(LEAD)", ":", " ",
        "Lusa/fim", "\u{200F}", "é", "text goes on", "ایرنا", "٣", "1 er", "\u{FEFF}", "[", "]", "Reuters", "\r\n", "＝",
    ]), 0..14)) {
        let mut story = Story::new(parts.concat());
        read(&mut story);
        check_spans(&story)?;
        crate::enrich::filed::read(&mut story);
    }
}

/// A message as a wire's own system sends it: headline, slug, note, number, status.
type Raw = (&'static str, [&'static str; 4], Status);

#[test]
fn heads_of_raw_messages_are_no_headline() {
    let rows: &[Raw] = &[
        (
            "NTB0456 7 POL 0 NTB POL RPI\n\n      PORTO: 'IL PONTE E' APERTO' =\n\n      Torino, 7 giu. (ANSA) - Il ponte.",
            ["PORTO: 'IL PONTE E' APERTO'", "", "", "NTB0456"],
            Status::Usable,
        ),
        (
            "dpa 0456 3 wi 145  bdt0789\nVerkehr/Brücken/\n(Zusammenfassung 1500)\nBrücke: Ende im Sommer =\nVon Ada Lem, dpa =\n\nKiel (dpa) - Die Brücke.",
            ["Brücke: Ende im Sommer", "Verkehr/Brücken/", "(Zusammenfassung 1500)", "dpa 0456"],
            Status::Update,
        ),
        (
            "XQQ45721_SXB_QBXC\nR CRO S0B QBXC\n++ PONTE: RIAPRE OGGI ++\n   (ANSA) - TORINO, 7 GIU - Il ponte.",
            ["PONTE: RIAPRE OGGI", "", "", "XQQ45721_SXB_QBXC"],
            Status::Usable,
        ),
        (
            "YNA-E0234\n(LEAD) Norway-bridge\n(LEAD) Norway opens bridge: ministry\n(ATTN: UPDATES with details)\n\n   SEOUL, June 7 (Yonhap) -- The bridge.",
            ["Norway opens bridge: ministry", "Norway-bridge", "", "YNA-E0234"],
            Status::Update,
        ),
        (
            "UPI A234\n\nR A BYLXYVBYL\n^HARBOUR 6-7\n^URGENT\n^BY ADA LEM\n   OTTAWA (UPI) -- THE HARBOUR OPENED.",
            ["", "HARBOUR 6-7", "", "UPI A234"],
            Status::Usable,
        ),
        (
            "Nor 12/ada 34\n\nZCZC\nPRI GEN INT\n.OSLO OSL12\nBRIDGE-OSLO\nBridge opens again\n    Oslo, Jun 7 (PTI) The bridge opened.",
            ["Bridge opens again", "BRIDGE-OSLO", "", ""],
            Status::Usable,
        ),
        (
            "PAP GOS 0234\ngospodarka, porty\nPort znów otwarty (opis)\n\n07.06. Gdańsk (PAP) - Port.",
            ["Port znów otwarty", "gospodarka, porty", "(opis)", "PAP"],
            Status::Update,
        ),
        (
            "(Special Cable to The Evening Paper.)\nLYON, Monday, June 7. -- The Chamber met.",
            ["", "", "(Special Cable to The Evening Paper.)", ""],
            Status::Usable,
        ),
    ];
    for (text, [headline, slug, note, number], status) in rows {
        let story = story(text);
        let of =
            |value: &Option<crate::story::Sourced<String>>| value.as_ref().map_or(String::new(), |v| v.value.clone());
        let read = [of(&story.headline), of(&story.slug), of(&story.ednote), of(&story.take)];
        assert_eq!(read, [*headline, *slug, *note, *number].map(str::to_owned), "{text}");
        assert_eq!(story.status.value, *status, "{text}");
        assert!(story.dateline.is_some(), "{text}");
    }
}

#[test]
fn a_line_that_says_when_is_neither_headline_nor_dateline() {
    for (text, headline) in [
        ("Date: 06/07/2021\n\nThe bridge was opened again by the minister.", None),
        ("Bridge opens\n\nPublié le 7 juin 2021 à 10h15\n\nLe pont a rouvert lundi.", Some("Bridge opens")),
        ("Thứ Hai, 07/06/2021 | 10:15 GMT+7\n\nCây cầu được mở lại vào thứ Hai.", None),
        ("1 hour ago\n\nThe bridge was opened again by the minister.", None),
        ("The bridge was opened on Monday. The minister cut the ribbon in the rain.\n\nShips left.", None),
        ("Stocks fall. Again?\n\nShares in Oslo fell on Monday.", Some("Stocks fall. Again?")),
    ] {
        let story = story(text);
        assert_eq!(story.headline.as_ref().map(|h| h.value.as_str()), headline, "{text}");
        assert!(story.dateline.is_none(), "{text}");
    }
}

#[test]
fn an_agency_behind_the_last_sentence_filed_the_story() {
    for (text, agency) in [
        ("ALGER - Le président a reçu mardi à Alger une délégation du port. (APS)", Some("aps_dz")),
        ("Le pont rouvre\n\nLe pont a rouvert lundi. (AFP)", Some("afp")),
        ("A ponte reabriu na segunda-feira.  ANGOP", Some("angop")),
        (
            "Bridge sold\n\nThe bridge was sold.\n\nIt was old.\n\n(END) Dow Jones Newswires\n\nJune 07, 2021 06:14 ET",
            Some("dowjones"),
        ),
        (
            "OTTAWA — The bridge is open again, the minister said on Monday.\n\nThis report by The Canadian Press was first published June 7, 2021.",
            Some("cp"),
        ),
        ("He spoke for the Palestinian National Authority (PNA)", None),
        ("The bridge is open, says the AFP", None),
    ] {
        let story = story(text);
        assert_eq!(story.agency.as_ref().map(|a| a.id.as_str()), agency, "{text}");
    }
}

#[test]
fn the_agency_of_the_writer_is_no_dateline() {
    for (line, byline) in [
        ("By ADA LEM, Associated Press", "ADA LEM, Associated Press"),
        ("By Ada Lem (AP)", "Ada Lem"),
        ("Par Ada Lem, AFP", "Ada Lem, AFP"),
        ("Von Ada Lem und Ben Ode, dpa", "Ada Lem und Ben Ode, dpa"),
        ("Por Ada Lem - Repórter da Agência Brasil - Brasília", "Ada Lem - Repórter da Agência Brasil - Brasília"),
        ("By Ada Lem, Associated Press.", "Ada Lem"),
        ("Ada Lem, The Canadian Press", "Ada Lem"),
        ("Ada Lem (PAP)", "Ada Lem"),
    ] {
        let text =
            format!("Harbour opens again\n\n{line}\n\nOTTAWA, May 3, 2021 (Reuters) - The harbour was opened again.");
        let story = story(&text);
        assert_eq!(story.byline.as_ref().map(|b| b.value.as_str()), Some(byline), "{line}");
        assert_eq!(story.headline.as_ref().map(|h| h.value.as_str()), Some("Harbour opens again"), "{line}");
        assert_eq!(story.agency.as_ref().map(|a| a.id.as_str()), Some("reuters"), "{line}");
        let dateline = story.dateline.expect("the true dateline");
        assert_eq!(dateline.places.first().map(|p| p.as_written.as_str()), Some("OTTAWA"), "{line}");
        assert!(dateline.date_as_written.is_some(), "{line}");
    }
    let close =
        story("Harbour opens again\nBy Ada Lem, Reuters\nOTTAWA, May 3, 2021 (Reuters) - The harbour was opened.");
    assert_eq!(close.headline.map(|h| h.value).as_deref(), Some("Harbour opens again"));
    assert_eq!(close.byline.map(|b| b.value).as_deref(), Some("Ada Lem, Reuters"));
    // A place of the gazetteer with an agency is a dateline, whatever stands below.
    let story = story("Lyon (AFP)\n\nOTTAWA, May 3, 2021 (Reuters) - The harbour was opened again.");
    assert_eq!(story.byline, None);
}

#[test]
fn a_weekday_in_a_name_is_a_part_of_it() {
    for (text, place) in [
        ("SANTO DOMINGO, 3 may 2021 (EFE).- El puerto reabre.", "SANTO DOMINGO"),
        ("Santo Domingo, 3 de mayo de 2021 (EFE).- El puerto reabre.", "Santo Domingo"),
        ("QUITO domingo, 2 may 2021 (EFE).- El puerto reabre.", "QUITO"),
    ] {
        let story = story(text);
        let dateline = story.dateline.expect("a dateline");
        assert_eq!(dateline.places.first().map(|p| p.as_written.as_str()), Some(place), "{text}");
    }
}

#[test]
fn a_town_in_its_region_is_one_place() {
    for (text, places) in [
        ("St. Petersburg/Florida (dpa) - Der Hafen öffnet wieder.", &["St. Petersburg/Florida"][..]),
        ("Berlin/Moskau (dpa) - Der Hafen öffnet wieder.", &["Berlin", "Moskau"]),
        ("Washington/New York (dpa) - Der Hafen öffnet wieder.", &["Washington", "New York"]),
    ] {
        let story = story(text);
        let dateline = story.dateline.expect("a dateline");
        let found: Vec<&str> = dateline.places.iter().map(|p| p.as_written.as_str()).collect();
        assert_eq!(found, places, "{text}");
    }
}

#[test]
fn dates_that_no_rule_reads_whole_lose_no_dateline() {
    for (text, date) in [
        ("BERLIN, May 13-14, 2021 (Reuters) - The bridge was opened again.", None),
        ("BERLIN, May 14 2021 11:15PM EDT (Reuters) - The bridge was opened again.", Some("May 14 2021")),
        ("BERLIN, 14/V/2021 (Reuters) - The bridge was opened again.", Some("14/V/2021")),
        ("BERLIN (14 May 2021) - The bridge was opened again.", Some("14 May 2021")),
    ] {
        let story = story(text);
        let dateline = story.dateline.expect(text);
        assert_eq!(dateline.places[0].as_written, "BERLIN", "{text}");
        let written = dateline.date_as_written.as_ref().map_or("", |d| d.value.as_str());
        assert!(written.starts_with(date.unwrap_or("")) && written.is_empty() == date.is_none(), "{text}: {written}");
        assert_eq!(story.agency.is_some(), text.contains("Reuters"), "{text}");
    }
    let story = story("BERLIN, May 14, 2021 (AFP via Getty Images) - The bridge was opened again.");
    assert_eq!(story.agency.map(|a| a.id).as_deref(), Some("afp"));
}

#[test]
fn names_with_a_dash_that_are_no_dateline() {
    for text in [
        "Lyon — the movie — was nominated for twelve prizes by the academy.",
        "Lima — 5 kg, stuffed with chestnuts and roasted for three hours.",
        "София — город на плоскогорье, основанный в двенадцатом веке князем.",
        "BERLIN - OTTAWA: trade talks resumed on Monday in the capital.",
        "BERLIN, Irving. The author of the novel was born in San Francisco long ago.",
    ] {
        assert!(story(text).dateline.is_none(), "{text}");
    }
    let story = story("BERLIN (MarketWatch) -- The bank cut its rates on Thursday, as was expected.");
    assert_eq!(story.agency.map(|a| a.id).as_deref(), Some("src:marketwatch"));
    assert_eq!(story.dateline.expect("a dateline").places[0].as_written, "BERLIN");
}

#[test]
fn a_month_by_both_of_its_arabic_names_is_one() {
    for (dateline, agency, date) in [
        ("لندن 3 مايو أيار (رويترز) - ", "reuters", "3 مايو أيار"),
        ("دمشق 3 كانون الأول/ديسمبر 2024 (أ ف ب) - ", "afp", "3 كانون الأول/ديسمبر 2024"),
        ("واشنطن 3 أيار (مايو) 2024 (أ ف ب) - ", "afp", "3 أيار (مايو) 2024"),
    ] {
        let story = story(&format!("{dateline}ناقش البرلمان يوم الجمعة الموازنة العامة."));
        assert_eq!(story.agency.as_ref().map(|a| a.id.as_str()), Some(agency), "{dateline}");
        let read = story.dateline.and_then(|d| d.date_as_written).map(|d| d.value);
        assert_eq!(read.as_deref(), Some(date), "{dateline}");
    }
}
