//! The recogniser as stories meet it: whole texts in, names out.

use super::read;
use crate::story::{EntityKind, Sourced, Span, Story};
use crate::text::cuts;

fn story(lang: &str, text: &str) -> Story {
    let mut story = Story::new(text.to_owned());
    if !lang.is_empty() {
        let evidence = Vec::new();
        story.lang = Some(Sourced { value: lang.to_owned(), evidence });
    }
    read(&mut story);
    story
}

/// `kind name ×mentions`, in the order of the story's lists.
fn names(story: &Story) -> Vec<String> {
    story
        .people
        .iter()
        .chain(&story.places)
        .chain(&story.orgs)
        .map(|e| format!("{} {} ×{}", e.kind.as_str(), e.name, e.mentions.len()))
        .collect()
}

#[test]
fn a_dispatch_and_its_names() {
    let s = story(
        "fr",
        "Moscou - IRNA - Le président russe Vladimir Poutine et son homologue iranien Massoud Pezeshkian se sont \
         parlé lundi de la situation en Syrie, a fait savoir le Kremlin.\n\nM. Pezeshkian a remercié M. Poutine.",
    );
    assert_eq!(
        names(&s),
        [
            "person Vladimir Poutine ×2",
            "person Massoud Pezeshkian ×2",
            "place Moscou ×1",
            "place Syrie ×1",
            "org IRNA ×1",
            "org Kremlin ×1",
        ]
    );
}

#[test]
fn a_script_that_nothing_was_learned_of_has_the_names_of_the_tables() {
    for (script, lang, text, person) in [
        ("Hebr", "he", "נשיא רוסיה ולדימיר פוטין אמר היום כי המדינות ימשיכו לשתף פעולה.", Some("ולדימיר פוטין")),
        ("Arab", "ur", "سرحد تجارت کے لیے کھول دی گئی اور دونوں ملکوں نے اعلان کیا۔", None),
    ] {
        let mut s = Story::new(text.to_owned());
        s.script = Some(script.to_owned());
        s.lang = Some(Sourced { value: lang.to_owned(), evidence: Vec::new() });
        read(&mut s);
        assert_eq!(s.people.first().map(|p| p.name.as_str()), person, "{text}");
        assert!(s.people.len() + s.places.len() + s.orgs.len() <= 2, "{:?}", names(&s));
    }
}

#[test]
fn a_surname_shared_by_two_stays_apart() {
    let s = story(
        "en",
        "President Bill Clinton and his wife Hillary Clinton arrived in Ottawa on Monday. Clinton said he was glad to be back.",
    );
    let people: Vec<&str> = s.people.iter().map(|e| e.name.as_str()).collect();
    assert_eq!(people, ["Bill Clinton", "Hillary Clinton", "Clinton"]);
}

#[test]
fn initials_are_the_one_whom_they_fit() {
    for (lang, text, people) in [
        (
            "ru",
            "Президент России Владимир Путин прибыл в Минск. Путин заявил, что переговоры продолжатся. Указ подписал \
             В. В. Путин. Путина встретил посол.",
            &["Владимир Путин ×4"][..],
        ),
        (
            "en",
            "Russian President Vladimir Vladimirovich Putin arrived in Minsk. The decree was signed by V. V. Putin. \
             Putin said that talks would go on.",
            &["Vladimir Vladimirovich Putin ×3"],
        ),
        (
            "en",
            "Senator Robert Kennedy met his brother, President John Kennedy. R. Kennedy said that Kennedy would stay.",
            &["Robert Kennedy ×2", "John Kennedy ×1", "Kennedy ×1"],
        ),
    ] {
        let story = story(lang, text);
        let found: Vec<String> = story.people.iter().map(|e| format!("{} ×{}", e.name, e.mentions.len())).collect();
        assert_eq!(found, people, "{text}");
    }
}

#[test]
fn an_acronym_in_brackets_is_the_name_before_it() {
    let s = story(
        "fr",
        "L'Organisation mondiale de la santé (OMS) a lancé un appel mardi à Genève. L'OMS réclame des fonds.",
    );
    let org = s.orgs.first().expect("an organisation");
    assert_eq!((org.name.as_str(), org.mentions.len()), ("Organisation mondiale de la santé", 3));
    assert!(org.evidence.iter().any(|e| e.rule == "entities/acronym-in-brackets"));
}

/// Whether each name was found as it stands, with its kind, and what else was.
fn has(story: &Story, wanted: &[(EntityKind, &str)]) -> Vec<String> {
    let found: Vec<(EntityKind, &str)> =
        story.people.iter().chain(&story.places).chain(&story.orgs).map(|e| (e.kind, e.name.as_str())).collect();
    wanted.iter().filter(|w| !found.contains(w)).map(|(_, name)| (*name).to_owned()).collect()
}

#[test]
fn chinese_names() {
    use EntityKind::{Org, Person, Place};
    let s = story(
        "zh",
        "新华社基辅11月3日电（记者陈思远）乌克兰总统泽连斯基3日在基辅会见法国总统马克龙。克里姆林宫发言人说，普京将于下周访问北京，\
         并同国家主席习近平举行会谈。弗拉基米尔·普京上次访华是在五月。",
    );
    let none: [String; 0] = [];
    let wanted = [
        (Person, "泽连斯基"),
        (Person, "马克龙"),
        (Person, "弗拉基米尔·普京"),
        (Person, "习近平"),
        (Place, "基辅"),
        (Place, "法国"),
        (Place, "北京"),
        (Org, "新华社"),
    ];
    assert_eq!(has(&s, &wanted), none);
    let putin = s.people.iter().find(|p| p.name.ends_with("普京")).expect("he is named");
    assert_eq!(putin.mentions.len(), 2);
    assert!(putin.evidence.iter().any(|e| e.rule == "entities/known-name"));
}

#[test]
fn japanese_names() {
    use EntityKind::{Org, Person, Place};
    let s = story(
        "ja",
        "【ソウル共同】韓国の李在明大統領は３日、ソウルでウクライナのゼレンスキー大統領と会談した。ロシアのプーチン大統領は欠席した。\n\n\
         プーチンスキーという名の犬も話題になった。国連の報道官が明らかにした。",
    );
    let none: [String; 0] = [];
    let wanted = [
        (Person, "ゼレンスキー"),
        (Person, "プーチン"),
        (Person, "李在明"),
        (Place, "韓国"),
        (Place, "ウクライナ"),
        (Place, "ロシア"),
        (Org, "国連"),
    ];
    assert_eq!(has(&s, &wanted), none);
    // A longer word that begins like a name is none of its mentions.
    let putin = s.people.iter().find(|p| p.name == "プーチン").expect("he is named");
    assert_eq!(putin.mentions.len(), 1);
}

#[test]
fn korean_names() {
    use EntityKind::{Org, Person, Place};
    let s = story(
        "ko",
        "(모스크바=연합뉴스) 박지훈 기자 = 푸틴 대통령은 3일 모스크바에서 시진핑 주석과 만났다. 젤렌스키는 브뤼셀로 떠났다.",
    );
    let none: [String; 0] = [];
    let wanted = [
        (Person, "푸틴"),
        (Person, "시진핑"),
        (Person, "젤렌스키"),
        (Place, "모스크바"),
        (Place, "브뤼셀"),
        (Org, "연합뉴스"),
    ];
    assert_eq!(has(&s, &wanted), none);
}

#[test]
fn a_korean_surname_is_the_one_who_bears_it() {
    let s = story("ko", "더불어민주당 이재명 후보는 14일 광주를 찾았다. 이 후보는 기자들과 만나 이렇게 말했다.");
    let lee = s.people.first().expect("a person");
    assert_eq!(lee.name, "이재명");
    assert!(s.people.iter().all(|p| p.name != "이"), "{:?}", names(&s));
}

#[test]
fn inflected_forms_are_one_bearer() {
    let s = story(
        "ru",
        "Президент России Владимир Путин встретился с премьер-министром Армении Николом Пашиняном в Москве. \
         По словам Путина, переговоры были полезными.",
    );
    let putin = s.people.first().expect("a person");
    assert_eq!((putin.name.as_str(), putin.mentions.len()), ("Владимир Путин", 2));
}

#[test]
fn nothing_is_found_where_nothing_is_named() {
    for text in ["", " ", "12 345", "The weather will be fine.", "Le temps sera beau.", "…", "\u{FEFF}"] {
        assert!(names(&story("", text)).is_empty(), "{text}");
    }
}

#[test]
fn a_text_beyond_the_bound_is_cut_with_a_warning() {
    let s = story("fr", &"Le ministre a parlé. ".repeat(110_000));
    assert!(s.warnings.iter().any(|w| w.code == "entities-cut"));
}

proptest::proptest! {
    #[test]
    fn every_mention_is_a_part_of_the_text(
        text in "(\\PC{0,12}|[A-Z][a-z]{1,8}|Mr\\.|Владимир|Путина|محمد|في|习近平|O'|-|\\.|,|\\(|\\)|\n| ){0,40}",
        lang in "(fr|en|ru|ar|zh|)",
    ) {
        let s = story(&lang, &text);
        let mut seen: Vec<Span> = Vec::new();
        for (list, kind) in
            [(&s.people, EntityKind::Person), (&s.places, EntityKind::Place), (&s.orgs, EntityKind::Org)]
        {
            for e in list {
                proptest::prop_assert_eq!(e.kind, kind);
                proptest::prop_assert!(!e.mentions.is_empty() && !e.evidence.is_empty());
                let whole = |m: &Span| cuts::joined(m.of(&text)).map_or_else(|| m.of(&text).to_owned(), |j| j.text);
                let fullest = e.mentions.iter().map(|m| whole(m).split_whitespace().collect::<Vec<_>>().join(" "));
                proptest::prop_assert!(fullest.into_iter().any(|m| m == e.name), "{} is no mention", e.name);
                for m in &e.mentions {
                    let read = text.get(m.start as usize..m.end as usize);
                    proptest::prop_assert!(read.is_some_and(|r| !r.trim().is_empty() && r.trim() == r));
                }
                seen.extend(&e.mentions);
            }
        }
        seen.sort_unstable();
        proptest::prop_assert!(seen.windows(2).all(|w| w[0].end <= w[1].start), "mentions overlap");
    }
}

#[test]
fn a_firm_of_partners_is_one() {
    let s = story(
        "en",
        "NEW YORK - The rating was raised by Harwood, Lessing and Co, analysts at Harwood, Lessing and Co said.",
    );
    assert!(s.people.is_empty() && s.orgs.iter().any(|o| o.name == "Harwood, Lessing and Co"), "{:?}", names(&s));
    let s = story("en", "The book was printed in London, Whittaker and Co said on Monday that it was sold out.");
    assert!(s.places.iter().any(|p| p.name == "London"), "{:?}", names(&s));
}

#[test]
fn a_part_of_a_town_is_no_place() {
    let s = story("en", "THREE SHOTS WERE FIRED AT THE MOTORCADE TODAY IN DOWNTOWN DALLAS, POLICE SAID.");
    assert!(s.places.iter().any(|p| p.name == "DALLAS") && s.places.len() == 1, "{:?}", names(&s));
}

/// The people of a text with the ids that linking gives them.
fn linked(lang: &str, text: &str) -> Vec<(String, Option<String>)> {
    let mut s = story(lang, text);
    crate::enrich::link::link(&mut s);
    s.people.into_iter().map(|p| (p.name, p.id)).collect()
}

#[test]
fn greek_people_in_any_case() {
    for (sentence, person) in [
        ("Ο Αμερικανός υπουργός συνάντησε χθες τον Βλαντίμιρ Πούτιν στη Μόσχα.", "q:putin-vladimir"),
        ("Οι δηλώσεις του Εμανουέλ Μακρόν προκάλεσαν αντιδράσεις.", "q:macron-emmanuel"),
        ("Ο πρωθυπουργός μίλησε στον Ερντογάν για τη συμφωνία.", "q:erdogan-recep-tayyip"),
        ("Η επιστολή του Κυριάκου Μητσοτάκη δημοσιεύθηκε.", "q:mitsotakis-kyriakos"),
        ("Τηλεφώνησε στον Μπενιαμίν Νετανιάχου το βράδυ.", "q:netanyahu-benjamin"),
        ("Σύμφωνα με τον Όλαφ Σολτς, η λύση είναι κοντά.", "q:scholz-olaf"),
        ("Η πρόεδρος Ούρσουλα φον ντερ Λάιεν απάντησε.", "q:von-der-leyen-ursula"),
        ("Ο καγκελάριος κάλεσε την Άγκελα Μέρκελ.", "q:merkel-angela"),
        ("Ο πρόεδρος Ντόναλντ Τραμπ έφτασε στην Αθήνα.", "q:trump-donald"),
    ] {
        let people = linked("el", sentence);
        assert!(people.iter().any(|(_, id)| id.as_deref() == Some(person)), "{sentence}: {people:?}");
    }
    // Nobody of the tables: the given name alone tells, in Latin letters.
    for (sentence, person) in [
        ("Ο δήμαρχος Γκούσταβ Λίντμπεργκ δεν απάντησε.", "Γκούσταβ Λίντμπεργκ"),
        ("Η Ρομπέρτα Φαλκόνε δήλωσε ότι συμφωνεί.", "Ρομπέρτα Φαλκόνε"),
        ("Συνάντησε τον Ντάνιελ Σορένσεν στο λιμάνι.", "Ντάνιελ Σορένσεν"),
    ] {
        let people = linked("el", sentence);
        assert!(people.iter().any(|(name, _)| name == person), "{sentence}: {people:?}");
    }
}

#[test]
fn arabic_people_behind_letters_written_onto_them() {
    for (word, person) in [
        ("ببوتين", "q:putin-vladimir"),
        ("لبوتين", "q:putin-vladimir"),
        ("فلبوتين", "q:putin-vladimir"),
        ("وبماكرون", "q:macron-emmanuel"),
        ("كبايدن", "q:biden-joe"),
        ("ولأردوغان", "q:erdogan-recep-tayyip"),
        ("وبزيلينسكي", "q:zelensky-volodymyr"),
        ("ولنتنياهو", "q:netanyahu-benjamin"),
    ] {
        let text = format!("وأضاف المتحدث في مؤتمر صحفي أن الرسالة وصلت {word} يوم الثلاثاء.");
        let people = linked("ar", &text);
        assert_eq!(people, [(word.to_owned(), Some(person.to_owned()))]);
    }
    // Two whom *and* joins are two.
    let people = linked("ar", "وأشاد الكرملين ببوتين وبماكرون بعد القمة.");
    let ids: Vec<Option<&str>> = people.iter().map(|(_, id)| id.as_deref()).collect();
    assert_eq!(ids, [Some("q:putin-vladimir"), Some("q:macron-emmanuel")]);
}

#[test]
fn an_alias_is_the_person_before_it() {
    let s = story(
        "en",
        "Crown Prince Mohammed bin Salman, widely known as MBS, arrived in London on Tuesday. MBS left at night.",
    );
    assert_eq!(names(&s)[0], "person Mohammed bin Salman ×3");
    assert!(s.people[0].evidence.iter().any(|e| e.rule == "entities/alias"));
    let s = story("it", "L'ex sindaco Giuseppe Sala, detto Beppe, ha incontrato i giornalisti a Milano.");
    assert_eq!(names(&s)[0], "person Giuseppe Sala ×2");
    // Who is named behind a comma alone is somebody else.
    let s = story("en", "President Emmanuel Macron, Angela Merkel and others met in Paris on Monday.");
    assert_eq!(s.people.len(), 2);
}

#[test]
fn a_nickname_keeps_both_marks() {
    let s = story("es", "El secretario general, \"Pepe\" Álvarez, pidió diálogo social en Madrid.");
    assert_eq!(s.people[0].name, "\"Pepe\" Álvarez");
    assert_eq!(s.people[0].mentions[0].of(&s.text), "\"Pepe\" Álvarez");
}

#[test]
fn an_owner_is_named_without_what_is_owned() {
    let s = story("de", "Der Sprecher sagte am Montag in Berlin, Macrons Brief sei noch nicht angekommen.");
    assert_eq!(names(&s)[0], "person Macrons ×1");
}

#[test]
fn bodies_with_and_in_their_name_or_in_a_case() {
    let s = story("it", "La Cassa Depositi e Prestiti ha smentito la notizia, ha detto un portavoce.");
    assert_eq!(names(&s), ["org Cassa Depositi e Prestiti ×1"]);
    let s = story("uk", "Віталій Кличко та Юлія Тимошенко виступили у Верховній Раді.");
    assert_eq!(has(&s, &[(EntityKind::Org, "Верховній Раді")]), [""; 0]);
    let s = story("fr", "Le conseiller Ruedi Noser et la Bernoise Flavia Wasserfallen se sont exprimés à Lausanne.");
    assert_eq!(has(&s, &[(EntityKind::Person, "Flavia Wasserfallen")]), [""; 0]);
}

#[test]
fn what_ends_in_a_case_of_place_is_no_part_of_a_name() {
    for (lang, text, wanted) in [
        (
            "hu",
            "Orbán Viktor Moszkvában tárgyalt. Novák Katalin Bécsből indult. Szijjártó Péter Strasbourgban beszédet mondott.",
            [
                "person Orbán Viktor ×1",
                "person Novák Katalin ×1",
                "person Szijjártó Péter ×1",
                "place Moszkvában ×1",
                "place Bécsből ×1",
                "place Strasbourgban ×1",
            ]
            .as_slice(),
        ),
        (
            "fi",
            "Presidentti Sauli Niinistö Moskovassa tapasi eilen Vladimir Putinin Kremlissä. George Washingtonin patsas \
             siirrettiin.",
            &[
                "person Sauli Niinistö ×1",
                "person Vladimir Putinin ×1",
                "person George Washingtonin ×1",
                "place Moskovassa ×1",
                "org Kremlissä ×1",
            ],
        ),
        (
            "et",
            "Peaminister Kristen Michal Brüsselis kohtus eile tagasi. Kaja Kallas Moskvast ütles, et Euroopa Liit annab rohkem abi.",
            &[
                "person Kristen Michal ×1",
                "person Kaja Kallas ×1",
                "place Brüsselis ×1",
                "place Moskvast ×1",
                "org Euroopa Liit ×1",
            ],
        ),
    ] {
        assert_eq!(names(&story(lang, text)), wanted, "{text}");
    }
}

#[test]
fn names_that_a_line_cuts_are_whole() {
    let s = story(
        "fr",
        "PARIS, 3 mai (AFP) - Le président français Emmanuel Ma-\ncron a reçu mardi à Paris le ministre Jean-\nYves Le Drian \
         et Vladimir Pou-\ntine.\n",
    );
    let people: Vec<(&str, &str)> = s.people.iter().map(|p| (p.name.as_str(), p.mentions[0].of(&s.text))).collect();
    assert_eq!(
        people,
        [
            ("Emmanuel Macron", "Emmanuel Ma-\ncron"),
            ("Jean-Yves Le Drian", "Jean-\nYves Le Drian"),
            ("Vladimir Poutine", "Vladimir Pou-\ntine"),
        ]
    );
}

#[test]
fn the_desks_words_are_no_names_and_cases_are_told_from_places() {
    for (lang, text, wanted) in [
        (
            "pl",
            "Z Tuskiem rozmawiał w piątek prezydent. Spotkanie z Tuskiem trwało godzinę.",
            ["person Tuskiem ×2"].as_slice(),
        ),
        (
            "ru",
            "Президент России Владимир Путин обсудил с Эрдоганом Сирию.",
            &["person Владимир Путин ×1", "person Эрдоганом ×1", "place России ×1", "place Сирию ×1"],
        ),
        (
            "es",
            "EMBARGADO hasta las 18.00\n\nEl presidente Pedro Sánchez viajó el viernes a Bruselas.",
            &["person Pedro Sánchez ×1", "place Bruselas ×1"],
        ),
    ] {
        assert_eq!(names(&story(lang, text)), wanted, "{text}");
    }
}

#[test]
fn two_people_in_two_cases_are_two() {
    for (lang, text, people) in [
        ("ru", "На вопрос ответил Лаврову Блинкен в Вене.", ["Лаврову", "Блинкен"]),
        ("pl", "Odpowiedziała wczoraj Andrzejowi Dudzie Beata Szydło w Sejmie.", ["Andrzejowi Dudzie", "Beata Szydło"]),
        ("hu", "Ezt mondta tegnap Orbán Viktornak Magyar Péter a parlamentben.", ["Orbán Viktornak", "Magyar Péter"]),
        ("fi", "Asiasta vastasi Petteri Orpolle Sanna Marin eilen eduskunnassa.", ["Petteri Orpolle", "Sanna Marin"]),
    ] {
        let s = story(lang, text);
        let found: Vec<&str> = s.people.iter().map(|p| p.name.as_str()).collect();
        assert_eq!(found, people, "{text}");
    }
    // One person in a case stays one.
    for (lang, text, person) in [
        ("ru", "Он встретился с Владимиром Владимировичем Путиным в Москве.", "Владимиром Владимировичем Путиным"),
        ("ru", "Он встретился с Терезой Мэй в Лондоне.", "Терезой Мэй"),
        ("pl", "Rozmawiał z Donaldem Tuskiem w Warszawie.", "Donaldem Tuskiem"),
    ] {
        let s = story(lang, text);
        let found: Vec<&str> = s.people.iter().map(|p| p.name.as_str()).collect();
        assert_eq!(found, [person], "{text}");
    }
}

#[test]
fn whose_words_stand_before_a_person_is_another() {
    use EntityKind::Person as P;
    for (lang, text, wanted) in [
        ("ru", "Адвокат Кузнецова Андрей Грачёв подал жалобу в суд.", &["Кузнецова", "Андрей Грачёв"][..]),
        ("uk", "Адвокат Петренка Ігор Фомін подав скаргу до суду.", &["Петренка", "Ігор Фомін"]),
        ("pl", "Żona Kowalskiego Maria Sowa zapowiedziała apelację.", &["Kowalskiego", "Maria Sowa"]),
        ("ru", "В суд пришёл Кузнецов Андрей Петрович.", &["Кузнецов Андрей Петрович"]),
        ("ru", "Министр встретился с Терезой Мэй в Лондоне.", &["Терезой Мэй"]),
    ] {
        let found = story(lang, text);
        assert_eq!(
            has(&found, &wanted.iter().map(|name| (P, *name)).collect::<Vec<_>>()),
            Vec::<String>::new(),
            "{text}"
        );
        assert_eq!(found.people.len(), wanted.len(), "{text}: {:?}", names(&found));
    }
}

#[test]
fn a_body_before_a_person_and_what_bears_a_name() {
    let of = |lang: &str, text: &str| names(&story(lang, text));
    let french = of("fr", "Le patron de Renault Luca de Nardi est venu lundi, a dit le maire de Lyon.");
    assert!(french.contains(&"person Luca de Nardi ×1".to_owned()), "{french:?}");
    let portuguese = of("pt", "Segundo Paulo Fontes, líder do partido, houve falhas graves na operação.");
    assert!(portuguese.contains(&"person Paulo Fontes ×1".to_owned()), "{portuguese:?}");
    let street = of("fr", "Les élèves du lycée Victor-Hugo ont manifesté mardi dans le centre de la ville.");
    assert!(!street.iter().any(|name| name.starts_with("person")), "{street:?}");
    let polish = of("pl", "\"To był trudny mecz\" - ocenił Włoch po meczu w Warszawie.");
    assert_eq!(polish, ["place Warszawie ×1"]);
    let named = of("fr", "« C'est fini », a déclaré M. Breton lundi à Bruxelles devant la presse.");
    assert!(named.contains(&"person Breton ×1".to_owned()), "{named:?}");
    let daughter = of("es", "Murieron su hijo Santiago y su hija Sofía, dijo la policía el lunes.");
    assert!(daughter.contains(&"person Santiago ×1".to_owned()), "{daughter:?}");
}

#[test]
fn a_surname_of_a_man_and_a_woman_and_a_first_name_of_two_are_nobodys() {
    let text = "Олег Волков и Анна Волкова пришли в суд. Волкова молчала. Волков получил деньги.";
    assert_eq!(names(&story("ru", text)), ["person Олег Волков ×2", "person Анна Волкова ×1", "person Волкова ×1"]);
    let text = "Rosa Mamani sells fruit. \"That is not true, Rosa,\" the minister told congresswoman Rosa Tello.";
    let people = names(&story("en", text));
    assert!(people.contains(&"person Rosa Mamani ×1".to_owned()), "{people:?}");
}

#[test]
fn a_family_and_a_younger_namesake_have_no_id() {
    let of = |lang: &str, text: &str| linked(lang, text);
    let family = of("fr", "La famille Agnelli détient une part de la société, selon la presse.");
    assert!(family.contains(&("Agnelli".to_owned(), None)), "{family:?}");
    let younger = of("uk", "Петро Порошенко-молодший був присутній на засіданні суду.");
    assert_eq!(younger.first(), Some(&("Петро Порошенко".to_owned(), None)), "{younger:?}");
    let footballer = story("en", "Tottenham captain Son Heung-min scored twice on Saturday in London.");
    assert!(names(&footballer).contains(&"person Son Heung-min ×1".to_owned()), "{:?}", names(&footballer));
}

#[test]
fn a_given_name_before_a_known_surname_is_of_one_person_in_hebrew() {
    let mut s = Story::new("שרה נתניהו ביקרה בבית חולים. ד\"ר לילך ברזני סיפרה כי התרופות אזלו.".to_owned());
    s.script = Some("Hebr".to_owned());
    s.lang = Some(Sourced { value: "he".to_owned(), evidence: Vec::new() });
    read(&mut s);
    assert_eq!(names(&s), ["person שרה נתניהו ×1", "person לילך ברזני ×1"]);
}

#[test]
fn the_firm_of_a_founder_is_not_he() {
    let s = story("en", "Enzo Ferrari died in 1988. Ferrari shares fell on Monday. \"We will go on,\" Ferrari said.");
    assert!(names(&s).contains(&"person Enzo Ferrari ×1".to_owned()), "{:?}", names(&s));
    let people = story("en", "Doug Ford spoke on Monday in Toronto. \"We will go on,\" Ford said in a statement.");
    assert!(names(&people).contains(&"person Doug Ford ×2".to_owned()), "{:?}", names(&people));
}

#[test]
fn the_place_of_the_dateline_and_the_surname_of_a_full_name_are_what_they_are() {
    let mut s =
        Story::new("Rodez, 12 mars 2024 (AFP) - Deux adolescents sont morts mardi, a dit la mairie.".to_owned());
    crate::enrich::enrich(&mut s);
    assert!(s.people.is_empty() && s.places.iter().any(|p| p.name == "Rodez"), "{:?}", names(&s));
    let s = story("pl", "Prezydent Maia Grosu przybyła do Pragi. Były premier oskarżył Grosu o zdradę.");
    assert!(names(&s).contains(&"person Maia Grosu ×2".to_owned()), "{:?}", names(&s));
    let s = story("pt", "Edição de Pedro Fontes. O Piano foi vendido, disse o ministro em Lisboa.");
    assert!(names(&s).contains(&"person Pedro Fontes ×1".to_owned()), "{:?}", names(&s));
}

#[test]
fn a_wife_is_not_her_husband_nor_a_son_his_father() {
    for (lang, text, people) in [
        (
            "en",
            "Peter Hargrove was jailed on Monday. \"He is innocent,\" Mrs Hargrove said. Hargrove wept.",
            &["Peter Hargrove ×2", "Hargrove ×1"][..],
        ),
        ("en", "Bill Clinton and Hillary Clinton came. Mrs Clinton spoke.", &["Bill Clinton ×1", "Hillary Clinton ×2"]),
        (
            "en",
            "Thomas Baxter founded the firm. His son Thomas took over. Baxter died.",
            &["Thomas Baxter ×2", "Thomas ×1"],
        ),
        (
            "it",
            "Ester Ancona fu uccisa. La figlia Ester è tornata ieri a Roma con la famiglia.",
            &["Ester Ancona ×1", "Ester ×1"],
        ),
        ("fr", "Sa fille Anne Duval est venue lundi. Sa fille Anne a parlé à la presse.", &["Anne Duval ×2"]),
    ] {
        let story = story(lang, text);
        let found: Vec<String> = story.people.iter().map(|e| format!("{} ×{}", e.name, e.mentions.len())).collect();
        assert_eq!(found, people, "{text}");
    }
}
