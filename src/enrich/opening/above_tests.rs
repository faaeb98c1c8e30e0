//! What stands above and in a dateline is shown as no more than it is: names, brackets, notices,
//! and the page around the copy.

use crate::enrich::enrich;
use crate::story::{Status, Story};

fn story(text: &str) -> Story {
    let mut story = Story::new(text.to_owned());
    enrich(&mut story);
    story
}

fn agency(story: &Story) -> &str {
    story.agency.as_ref().map_or("", |a| a.id.as_str())
}

fn places(story: &Story) -> String {
    let places = story.dateline.iter().flat_map(|d| &d.places);
    places.map(|p| p.as_written.as_str()).collect::<Vec<_>>().join("|")
}

#[test]
fn a_name_that_nothing_ends_is_of_the_copy() {
    for (text, id) in [
        ("LISBON, June 7 - TAP Air Portugal said it ordered ten planes.", ""),
        ("OSLO, June 7 - AP Moller shares fell on Monday.", ""),
        ("PARIS, 7 juin - MAP Industries annonce une hausse.", ""),
        ("TOKYO, June 7, ANA Holdings said profit fell.", ""),
        ("LISBON, June 7 - The harbour of the town was given to TAP\nAir Portugal on Monday.", ""),
        ("ELMSFORD, New York, and the towns, June 7 - TAP\nAir Portugal said so.", ""),
        ("LISBON, June 7 - TAP - The harbour was opened.", "tap"),
        ("TOKYO, June 7 Kyodo - Snow fell in the north.", "kyodo"),
        ("Москва, 7 июня 2021, 08:51 — REGNUM Мост открыт снова.", "regnum"),
    ] {
        assert_eq!(agency(&story(text)), id, "{text}");
    }
}

#[test]
fn a_bracket_gives_the_agency_that_it_has_and_no_other() {
    for (text, id, byline, date) in [
        ("OSLO, June 9, 1944 (Delayed) (INS) -- The bridge was taken.", "ins", "", "June 9, 1944"),
        ("BERLIN, 30. Jan. (Eig. Drahtmeldung.) Die Brücke ist offen.", "", "", "30. Jan."),
        ("OSLO, June 9 (By Special Cable) - The bridge is open.", "", "", "June 9"),
        ("PARIS, 3 mai (De notre correspondant particulier) - Le pont est ouvert.", "", "", "3 mai"),
        ("Rosario, 2 de abril (Télam, por Ada Lem) - El puente abrió.", "telam", "Ada Lem", "2 de abril"),
        ("Варна, 3 март /Ада Лем, БТА/ Мостът е отворен.", "bta", "Ада Лем", "3 март"),
        ("Hà Nội (TTXVN 3/5) - Cây cầu đã mở lại.", "vna", "", "3/5"),
        ("МІНСК, 3 снежня. /Карэспандэнт БЕЛТА/. Мост адкрыты.", "belta", "", "3 снежня"),
        ("Berlin, 30 juillet.\n(Dépêche de l'Agence Havas)\nLe pont est ouvert.", "havas", "", "30 juillet"),
        (
            "Rome, 20 septembre 1870.\n\n(Service de l'Agence Havas)\n\nLe pont est ouvert.",
            "havas",
            "",
            "20 septembre 1870",
        ),
        ("Londres, 3 fév. — (Agence Reuter). — Le pont est ouvert.", "reuters", "", "3 fév."),
        ("NEW YORK, 24 OCT. 1929.-(Especial de United Press para EL PUENTE).- Abrió.", "upi", "", "24 OCT. 1929"),
        ("OSLO, June 9 (Ada Lem for Reuters) - The bridge is open.", "reuters", "Ada Lem", "June 9"),
        ("OSLO, June 9 (Reuters, New York) - The bridge is open.", "reuters", "", "June 9"),
        ("berlin, 9. november 1989 (adn) - die brücke ist offen.", "adn", "", "9. november 1989"),
        ("MADRID, 17-VII-1936 (Fabra).- El puente abrió.", "fabra", "", "17-VII-1936"),
        ("WARSZAWA, 1.IX.1939. (PAT). Most otwarty.", "pat_pl", "", "1.IX.1939"),
        ("BERLIN, FEB. 18 /1954/ (TASS). -- The bridge is open.", "tass", "", "FEB. 18 /1954/"),
        (
            "OSLO, Jan. 22 (O.S. Jan. 9), 1905 (Reuters) - The bridge is open.",
            "reuters",
            "",
            "Jan. 22 (O.S. Jan. 9), 1905",
        ),
    ] {
        let story = story(text);
        let line = story.dateline.as_ref().unwrap_or_else(|| panic!("none in {text}"));
        let written = line.date_as_written.as_ref().map_or("", |d| d.value.as_str());
        let writer = story.byline.as_ref().map_or("", |b| b.value.as_str());
        let trimmed = (agency(&story), writer, written.trim_end_matches('.'));
        assert_eq!(trimmed, (id, byline, date.trim_end_matches('.')), "{text}");
    }
    let slashed = story("КАЗАНЬ /Республика Татарстан/, 7 июня. /Корр. ТАСС Ада Лем/. Мост открыт.");
    assert_eq!((agency(&slashed), places(&slashed).as_str()), ("tass", "КАЗАНЬ /Республика Татарстан/"));
}

#[test]
fn who_is_cited_or_passed_on_does_not_file() {
    assert!(story("据塔斯社莫斯科3月12日报道，大桥重新开放。").agency.is_none());
    for (text, id, credits, from) in [
        ("(도쿄 교도=연합뉴스) 다리가 다시 열렸다.", "yonhap", "kyodo", "도쿄"),
        ("(워싱턴 AP·AFP=연합뉴스) 다리가 다시 열렸다.", "yonhap", "ap|afp", "워싱턴"),
        ("[서울=소식통] 홍길동 기자 = 다리가 다시 열렸다.", "src:소식통", "", "서울"),
        ("【法新社华盛顿二十四日电】大桥重新开放。", "afp", "", "华盛顿"),
        ("新华社记者王小明报道：大桥重新开放。", "xinhua", "", ""),
        ("（ベルリン中央社）橋が再開した。", "cna_tw", "", "ベルリン"),
        ("台北／北京（中央社）橋梁今天重新開放。", "cna_tw", "", "台北|北京"),
        ("بغداد/ واع\nافتتح الجسر اليوم من جديد.", "ina_iq", "", "بغداد"),
    ] {
        let story = story(text);
        let credited = story.credits.iter().map(|c| c.id.as_str()).collect::<Vec<_>>().join("|");
        assert_eq!((agency(&story), credited.as_str(), places(&story).as_str()), (id, credits, from), "{text}");
    }
}

#[test]
fn a_dispatch_that_takes_copy_back_keeps_its_dateline() {
    for (text, id) in [
        ("Reuters has withdrawn this story.\n\nPARIS, May 3 (Reuters) - The document was forged.", "reuters"),
        ("STORY REMOVED: NO--Bridge\n\nOSLO (AP) — The Associated Press has withdrawn its story about a bridge.", "ap"),
        ("OSLO (AP) — The AP has retracted its report about a bridge.", "ap"),
        ("AP-KILL--NO-Bridge\n\nEDITORS: Please kill the story slugged NO--Bridge.\n\nThe AP", "ap"),
        ("ANNULÉ - Le pont rouvre\n\nPARIS, 7 juin (AFP) - MERCI D'ANNULER NOTRE FLASH DE 06H12.", "afp"),
        ("ANNULATION\n\nParis, 7 juin (AFP) - Veuillez annuler la dépêche \"Le pont rouvre\", diffusée à 14h.", "afp"),
        (
            "CORREGGE E RITIRA - la notizia \"Ponte\" va annullata\n(ANSA) - MILANO, 7 GIU - Si prega di annullare.",
            "ansa",
        ),
        (
            "ВНИМАНИЕ! ОТМЕНА\nПросим считать сообщение \"Мост\" аннулированным.\nМОСКВА, 7 июня - РИА Новости. Мост.",
            "ria",
        ),
        ("Bitte die Meldung bdt0123 nicht verwenden!\n\nBerlin (dpa) - Die Meldung wird zurückgezogen.", "dpa"),
        ("ATENÇÃO: Anulação da notícia \"Ponte\"\n\nLisboa, 03 mai 2024 (Lusa) – Por favor anulem a notícia.", "lusa"),
        ("Intrekking: ANP trekt bericht over brug in\n\nDEN HAAG (ANP) - Het bericht is onjuist.", "anp"),
        ("ANULOWANIE depeszy: Most\n\nWarszawa (PAP) - Prosimy o anulowanie depeszy.", "pap"),
        ("إلغاء خبر\n\nباريس 3 مايو (أ ف ب) - الرجاء إلغاء خبر الجسر.", "afp"),
        ("【撤销】关于大桥的消息\n\n新华社巴黎5月3日电 请撤销关于大桥的稿件。", "xinhua"),
        ("訂正 12日配信の記事で、橋は誤りでした。取り消します。\n【東京共同】", "kyodo"),
        ("ANULAR ANULAR\nRogamos que anulen la noticia \"El puente\".\nSão Paulo, 29 dic (EFE).-", "efe"),
        ("KILL KILL KILL\n\nEDITORS/NEWS DIRECTORS: KILL OSLO-BRIDGE.\n\nUPI", "upi"),
    ] {
        let story = story(text);
        assert_eq!((story.status.value, agency(&story)), (Status::Kill, id), "{text}");
        assert!(!story.status.evidence.is_empty(), "{text}");
    }
    // News of copy that others take back, and of what else is withdrawn.
    for text in [
        "PARIS (AFP) - The Associated Press has withdrawn its story about a bridge.",
        "OSLO (AP) — The newspaper has withdrawn its story about a bridge.",
        "OSLO (Reuters) - Reuters has sold its building in the town.",
        "OSLO (AP) — \"Please kill the story,\" the minister had asked, the court heard.",
        "ANNULÉ - Le concert de Lyon\n\nPARIS (AFP) - Le concert de Lyon est annulé.",
        "Annulation: le club privé de titre\n\nPARIS (AFP) - Le club est privé de titre.",
        "Withdrawal: report says troops leave\n\nOSLO (AP) - A report says so.",
        "Intrekking: minder geld voor bruggen\n\nDEN HAAG (ANP) - De brug blijft dicht.",
        "ВНИМАНИЕ! Мост закрыт\n\nМОСКВА, 7 июня - РИА Новости. Мост закрыт.",
    ] {
        assert_eq!(story(text).status.value, Status::Usable, "{text}");
    }
}

#[test]
fn changed_copy_says_so() {
    for (text, status, headline) in [
        (
            "OSLO-BRIDGE (SUB)\nSUBS 3RD GRAF TO CORRECT SPELLING\nOSLO, Norway, Jan. 5 (UPI) -- A bridge opened.",
            Status::Correction,
            None,
        ),
        (
            "1635: BC-NO--Bridge, 2nd Ld-Writethru,810\nBridge opens\nEds: UPDATES with toll.\nOSLO, Norway (AP) - It opened.",
            Status::Update,
            Some("Bridge opens"),
        ),
        ("/ПОВТОР С ИСПРАВЛЕНИЕМ В ТРЕТЬЕМ АБЗАЦЕ/\nМОСКВА, 7 июня. /ТАСС/. Мост открыт.", Status::Correction, None),
        ("ADDS TWO TO ITS BOARD\n\nOSLO (AP) - The bank did.", Status::Usable, Some("ADDS TWO TO ITS BOARD")),
    ] {
        let story = story(text);
        assert_eq!(
            (story.status.value, story.headline.as_ref().map(|h| h.value.as_str())),
            (status, headline),
            "{text}"
        );
    }
}

#[test]
fn the_page_around_a_dispatch_is_no_headline() {
    let below = "OSLO (AP) — Ministers of four countries met on Monday.";
    for (above, headline) in [
        ("By ADA LEM\nAssociated Press", None),
        (
            "1 of 3\nA woman walks, Monday, May 3, 2024, in Oslo. (AP Photo/Ada Lem)\n\nBridge opens",
            Some("Bridge opens"),
        ),
        (
            "FILE PHOTO: A bridge in Oslo, June 7, 2021. REUTERS/Ada Lem/File Photo\n\nBridge opens",
            Some("Bridge opens"),
        ),
        ("Home | World | Europe\n\nBridge opens", Some("Bridge opens")),
        ("Accueil › Monde › Europe\n\nBridge opens", Some("Bridge opens")),
        ("A123DB\nBULLETIN", None),
        ("APA0345 5 AI 0234 CI/CA        Di, 08.Jun 2021\n\nVerkehr/Wien\n\nBrücke offen", Some("Brücke offen")),
        ("Reuters 12:01 GMT 7 June 2021", None),
        ("THE BRIDGE TIMES, Monday, June 7, 2021\n\n  BRIDGE OPENS.\n", Some("BRIDGE OPENS.")),
        ("Par Fil Spécial\nLe pont rouvre", Some("Le pont rouvre")),
        ("MINISTERS MEET\nIN OSLO\n-------", Some("MINISTERS MEET IN OSLO")),
        (
            "u a BC-BRIDGE 1STLD 01-20 0312\n^BC-Bridge, 1st Ld, a0123,0320<\n^Bridge Opens<\n^Eds: Adds toll<\n^By A. LEM=\n^Associated Press Writer=",
            Some("Bridge Opens"),
        ),
        ("BANK <BNK> BUYS <BRG> BRIDGE", Some("BANK <BNK> BUYS <BRG> BRIDGE")),
        ("Bridge opens (photo)", Some("Bridge opens (photo)")),
        ("Oslo | a bridge between two parts of the town", Some("Oslo | a bridge between two parts of the town")),
    ] {
        let story = story(&format!("{above}\n\n{below}"));
        assert_eq!(story.headline.as_ref().map(|h| h.value.as_str()), headline, "{above}");
        assert_eq!((agency(&story), places(&story).as_str()), ("ap", "OSLO"), "{above}");
        let writer = story.byline.as_ref().map_or("", |b| b.value.as_str());
        assert!(["", "ADA LEM", "A. LEM"].contains(&writer), "{above}: {writer}");
    }
    // A caption that nothing follows is the copy.
    let caption = "A woman walks, Monday, in Oslo. (AP Photo/Ada Lem)";
    assert_eq!(story(caption).layout.lead_start, 0);
}

#[test]
fn a_line_with_a_day_begins_with_a_place_only_where_it_is_one() {
    for (text, from) in [
        ("DIARY - BRIDGES\n\n FRIDAY, MAY 3\n\n OSLO - Ministers meet on the bridge.", "OSLO"),
        ("BRIDGE TRAFFIC VOLUME - APRIL 7\n    Cars 800, trains 12, boats 3.", ""),
        ("CONSTANTINOPLE, Tuesday, Nov. 12, 1918, 9.40 p.m.\n\nThe fleet passed the bridge.", "CONSTANTINOPLE"),
    ] {
        assert_eq!(places(&story(text)), from, "{text}");
    }
}

#[test]
fn figures_with_strokes_are_the_day_first_but_in_english() {
    let filed = |text: &str| story(text).filed.value.map(|m| m.day.to_string()).unwrap_or_default();
    let greek =
        "ΑΘΗΝΑ, 12/3/2024 (ΑΠΕ-ΜΠΕ) Η γέφυρα άνοιξε ξανά σήμερα στην πόλη, δήλωσε ο υπουργός στους δημοσιογράφους.";
    assert_eq!(filed(greek), "2024-03-12");
    assert_eq!(
        filed("OSLO, 12/3/2024 (Reuters) - The bridge was opened again today, the minister told reporters."),
        ""
    );
}

#[test]
fn key_words_of_efe_are_the_slug() {
    let text = "NOR PUERTO\nUn barco deja 43 heridos en Oslo\n\nOslo, 28 oct 2023 (EFE).- Un barco dejó 43 heridos.";
    let efe = story(text);
    assert_eq!(efe.slug.map(|s| s.value).as_deref(), Some("NOR PUERTO"));
    assert_eq!(efe.headline.map(|h| h.value).as_deref(), Some("Un barco deja 43 heridos en Oslo"));
    let other = story(&text.replace("EFE", "Reuters"));
    assert_eq!(other.headline.map(|h| h.value).as_deref(), Some("NOR PUERTO Un barco deja 43 heridos en Oslo"));
}

#[test]
fn wires_of_before_1946_name_who_sent_them_behind_the_day() {
    for (text, id, place) in [
        ("東京十二日發同盟 港は再び開いた。", "domei", "東京"),
        ("ローマ十二日発ロイター電 港は再び開いた。", "reuters", "ローマ"),
        ("VIENNA 121400 REUTER = MILK PRICES FELL AGAIN +", "reuters", "VIENNA"),
        // No time of day, no agency, no place.
        ("VIENNA 129900 REUTER = MILK PRICES FELL AGAIN +", "", ""),
        ("東京十二日發の電車は遅れた。", "", ""),
        ("港十二日發同盟 再び開いた。", "", ""),
    ] {
        let story = story(text);
        assert_eq!((agency(&story), places(&story).as_str()), (id, place), "{text}");
    }
}

#[test]
fn above_a_telegram_stands_to_whom_it_goes() {
    let story = story("RR FRA USA\nPRESSE LONDON\nVIENNA 121400 REUTER = MILK PRICES FELL AGAIN STOP\n");
    assert_eq!((agency(&story), places(&story).as_str()), ("reuters", "VIENNA"));
    assert!(story.headline.is_none(), "{:?}", story.headline);
}
