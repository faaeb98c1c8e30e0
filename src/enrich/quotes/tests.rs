//! Who said what, by sentences of many languages.

use crate::enrich::enrich;
use crate::story::Story;

fn speakers(text: &str) -> Vec<String> {
    let mut story = Story::new(format!("PARIS, Dec 2 (AFP) - {text}"));
    enrich(&mut story);
    story.quotes.iter().map(|q| q.speaker.as_ref().map_or(String::new(), |s| s.name.clone())).collect()
}

#[test]
fn a_verb_of_saying_tells_the_speaker() {
    for (text, speaker) in [
        ("\"We will not accept the deal,\" President Emmanuel Macron said on Monday in Paris.", "Emmanuel Macron"),
        ("\"We will not accept the deal,\" said Emmanuel Macron, the French president.", "Emmanuel Macron"),
        ("Asked about it, Emmanuel Macron said: \"We will not go.\"", "Emmanuel Macron"),
        ("Vladimir Putin's spokesman Dmitry Peskov said: \"We will see.\"", "Dmitry Peskov"),
        ("Emmanuel Macron said: \"We will not accept the deal.\"", "Emmanuel Macron"),
        ("« Nous n'accepterons pas cet accord », a déclaré le président français Emmanuel Macron.", "Emmanuel Macron"),
        ("Emmanuel Macron a déclaré que c'était « un plan dangereux » pour la région.", "Emmanuel Macron"),
        (
            "\u{201E}Wir gehen diesen Weg weiter\u{201C}, sagte Bundeskanzler Olaf Scholz am Montag in Berlin.",
            "Olaf Scholz",
        ),
        ("\"We will not accept the deal,\" said Trump spokesman Steven Cheung.", "Steven Cheung"),
        ("\"We will not accept it,\" British Prime Minister Keir Starmer said on Monday.", "Keir Starmer"),
        (
            "« Nous n'accepterons pas », a déclaré le ministre des Affaires étrangères Jean-Noël Barrot à la presse.",
            "Jean-Noël Barrot",
        ),
        ("« Nous n'accepterons pas », a répondu Emmanuel Macron à Marine Le Pen.", "Emmanuel Macron"),
        ("\"No habrá pactos\", dijo el presidente español Pedro Sánchez en Madrid.", "Pedro Sánchez"),
        ("\"Não vou lá\", disse a ministra Marina Silva em Brasília.", "Marina Silva"),
        ("\"Non vado via\", ha detto la premier Giorgia Meloni a Roma.", "Giorgia Meloni"),
        ("\"Wir gehen\", sagte Putins Sprecher Dmitri Peskow in Moskau.", "Dmitri Peskow"),
        ("«Мы не пойдём», — заявила официальный представитель МИД Мария Захарова.", "Мария Захарова"),
        ("وقال وزير الخارجية الإيراني عباس عراقجي: \"هذا ظلم كبير\".", "عباس عراقجي"),
        ("رئیس جمهور مسعود پزشکیان گفت: «ما نمی‌پذیریم».", "مسعود پزشکیان"),
        ("«Мы продолжим эту работу», — заявил президент России Владимир Путин в понедельник.", "Владимир Путин"),
    ] {
        assert_eq!(speakers(text), [speaker], "{text}");
    }
}

#[test]
fn an_apposition_and_a_firm_may_stand_before_an_english_verb() {
    for (text, speaker) in [
        ("\"The ship is lost,\" Brightwater president Kate Nance said in a statement.", "Kate Nance"),
        ("\"The ship is lost,\" Kate Nance, head of oil at Brightwater Chemicals, told the meeting.", "Kate Nance"),
        (
            "Kate Nance, head of the office for oil and gas at Brightwater Chemicals, said: \"The ship is lost.\"",
            "Kate Nance",
        ),
        ("\"The ship is lost,\" visiting Chairman of General Motors Roger Smith said in March.", "Roger Smith"),
        ("Face à « un naufrage d'État » qui menace, la ministre Marina Silva a annoncé un plan.", ""),
    ] {
        assert_eq!(speakers(text), [speaker], "{text}");
    }
}

#[test]
fn the_sentence_before_tells_whose_a_quotation_or_a_pronoun_is() {
    let first = "\"The ship is lost,\" Angela Merkel said on Monday.";
    for (lang, text, expected) in [
        ("en", format!("{first} \"We go now.\""), ["Angela Merkel", "Angela Merkel"]),
        ("en", format!("{first}\n\n\"We go now,\" she added."), ["Angela Merkel", "Angela Merkel"]),
        (
            "en",
            format!("{first} She said the crew was safe. \"We go now,\" she said."),
            ["Angela Merkel", "Angela Merkel"],
        ),
        (
            "fr",
            "« C'est perdu », a dit Marine Le Pen. « Partons d'ici », a-t-elle ajouté.".into(),
            ["Marine Le Pen", "Marine Le Pen"],
        ),
        (
            "de",
            "„Alles ist verloren“, sagte Olaf Scholz. „Wir gehen nun weg“, fügte er hinzu.".into(),
            ["Olaf Scholz", "Olaf Scholz"],
        ),
        // A new paragraph without a verb, somebody else's name or sentence, a verb or a pronoun of others.
        ("en", format!("{first}\n\n\"We go now.\""), ["Angela Merkel", ""]),
        ("en", format!("{first} Others were calm. \"We go now.\""), ["Angela Merkel", ""]),
        ("en", format!("{first} \"We go now,\" a sailor said."), ["Angela Merkel", ""]),
        ("en", format!("{first} \"We go now,\" he added."), ["Angela Merkel", ""]),
        ("en", format!("{first} \"We go now,\" they added."), ["Angela Merkel", ""]),
        ("en", format!("{first} \"We go now,\" she was told."), ["Angela Merkel", ""]),
        ("en", "\"It is lost,\" Angela Merkel told Theresa May. \"We go,\" she said.".into(), ["Angela Merkel", ""]),
        (
            "en",
            "\"It is lost,\" Angela Merkel told Olaf Scholz. \"We go,\" she said.".into(),
            ["Angela Merkel", "Angela Merkel"],
        ),
        ("de", "„Alles ist verloren“, sagte Olaf Scholz. „Wir gehen nun weg“, sagten sie.".into(), ["Olaf Scholz", ""]),
    ] {
        assert_eq!(speakers_in(lang, &text), expected, "{text}");
    }
    let indirect = "Angela Merkel said the crew was safe. \"We go now,\" she told reporters.";
    assert_eq!(speakers_in("en", indirect), ["Angela Merkel"]);
    let another = "A spokesman for Angela Merkel said the crew was safe. \"We go now,\" she told reporters.";
    assert_eq!(speakers_in("en", another), [""]);
}

/// Stories of a language that is told by a longer text.
pub(super) fn speakers_in(lang: &str, text: &str) -> Vec<String> {
    let mut story = Story::new(format!("PARIS, Dec 2 (AFP) - {text}"));
    let evidence = Vec::new();
    story.lang = Some(crate::story::Sourced { value: lang.to_owned(), evidence });
    enrich(&mut story);
    story.quotes.iter().map(|q| q.speaker.as_ref().map_or(String::new(), |s| s.name.clone())).collect()
}

#[test]
fn speakers_in_further_languages_and_forms() {
    for (lang, text, speaker) in [
        ("en", "According to Angela Merkel, \"all is very well\" in Berlin.", "Angela Merkel"),
        ("en", "\"All is very well,\" according to Angela Merkel.", "Angela Merkel"),
        (
            "de",
            "Bundeskanzler Olaf Scholz hat am Donnerstag in Berlin vor Journalisten gesagt: „Wir gehen weiter“.",
            "Olaf Scholz",
        ),
        ("fr", "Marine Le Pen a déclaré en mai dernier : « Le navire est à nous ».", "Marine Le Pen"),
        ("de", "„Wir gehen weiter“, hat Olaf Scholz am Donnerstag in Berlin gesagt.", "Olaf Scholz"),
        ("pl", "Sejm obradował.\n\n- Nie będzie żadnej zgody - powiedział premier Donald Tusk.", "Donald Tusk"),
        ("ru", "Совет заседал.\n\n— Мы не пойдём туда, — сказал Владимир Путин.", "Владимир Путин"),
        ("tr", "Cumhurbaşkanı Recep Tayyip Erdoğan, \"Biz gitmiyoruz\" dedi.", "Recep Tayyip Erdoğan"),
        ("tr", "Erdoğan, \"Biz bu yoldan dönmeyiz\" diye konuştu.", "Erdoğan"),
        ("hu", "\"Ez a béke ügye\" - mondta Orbán Viktor miniszterelnök.", "Orbán Viktor"),
        ("hu", "\"Ez a béke ügye\" - mondta Kovács Dániel.", "Kovács Dániel"),
        ("hu", "Szijjártó Péter azt mondta: \"Nem engedünk ebből\".", "Szijjártó Péter"),
        ("fi", "\"Tuemme vahvasti Ukrainaa\", sanoi presidentti Alexander Stubb.", "Alexander Stubb"),
        ("fi", "\"Tuemme vahvasti Ukrainaa\", Stubb sanoi.", "Stubb"),
        ("cs", "„To je velký úspěch,“ řekl premiér Petr Fiala.", "Petr Fiala"),
        ("sv", "\"Vi står bakom Ukraina\", säger statsminister Ulf Kristersson.", "Ulf Kristersson"),
        ("sv", "Det blev sent.\n\n– Vi står bakom Ukraina, säger statsminister Ulf Kristersson.", "Ulf Kristersson"),
        ("fr", "Il entra.\n\n— Vous partez ? demanda Marine Le Pen.", "Marine Le Pen"),
        ("es", "El pleno acabó.\n\n—No vamos a ceder —respondió Pedro Sánchez.", "Pedro Sánchez"),
        ("hr", "\"Nećemo popustiti nikada\", rekao je Andrej Plenković.", "Andrej Plenković"),
        ("el", "«Λέτε ψέματα πάντα», είπε ο Αλέξης Τσίπρας.", "Αλέξης Τσίπρας"),
        ("id", "\"Kami tidak akan menyerah,\" kata Presiden Joko Widodo.", "Joko Widodo"),
        ("fr", "D'après Marine Le Pen, « le navire est perdu ».", "Marine Le Pen"),
        ("es", "Según Pedro Sánchez, \"el barco está perdido\".", "Pedro Sánchez"),
        ("es", "\"El barco está perdido\", según dijo Pedro Sánchez.", "Pedro Sánchez"),
        ("de", "Laut Olaf Scholz ist „das Schiff verloren“.", "Olaf Scholz"),
        ("nl", "\"Het schip is verloren\", aldus premier Mark Rutte.", "Mark Rutte"),
        ("ru", "По словам министра Сергея Лаврова, «корабль потерян навсегда».", "Сергея Лаврова"),
        ("hu", "Orbán Viktor szerint \"a hajó már elveszett\".", "Orbán Viktor"),
        ("fi", "Petteri Orpon mukaan \"laiva on jo menetetty\".", "Petteri Orpon"),
        ("tr", "Özgür Özel'e göre \"gemi çoktan battı\".", "Özgür Özel"),
        ("ja", "岸田文雄首相は「合意は極めて重要だ」と述べた。", "岸田文雄"),
        ("ja", "野田佳彦氏は石破茂氏に「合意は極めて重要だ」と述べた。", "野田佳彦"),
        ("ko", "이재명 대표는 윤석열 대통령에게 \"우리는 계속할 것이다\"라고 말했다.", "이재명"),
        ("tr", "Özgür Özel, Recep Tayyip Erdoğan'a \"Biz bu yoldan dönmeyiz\" dedi.", "Özgür Özel"),
        ("fa", "مسعود پزشکیان به عباس عراقچی گفت: «شما دروغ می‌گویید».", "مسعود پزشکیان"),
        ("zh", "习近平对李强说：“我们要努力工作。”", "习近平"),
        ("ko", "윤석열 대통령은 \"우리는 계속할 것이다\"라고 말했다.", "윤석열"),
    ] {
        assert_eq!(speakers_in(lang, text), [speaker], "{text}");
    }
}

#[test]
fn others_in_further_languages_did_not_say_it() {
    for (lang, text) in [
        ("en", "\"All is very well,\" according to a spokesman for Angela Merkel."),
        ("en", "According to an aide to Angela Merkel, \"all is very well\"."),
        ("de", "Der Sprecher von Olaf Scholz hat am Donnerstag in Berlin gesagt: „Wir gehen weiter“."),
        ("de", "„Wir gehen weiter“, hat der Anwalt von Olaf Scholz am Donnerstag in Berlin gesagt."),
        ("tr", "Erdoğan'ın sözcüsü, \"Biz bu yoldan dönmeyiz\" dedi."),
        ("tr", "Emmanuel Macron'a yanıt veren bakan, \"Biz bu yoldan dönmeyiz\" dedi."),
        ("hu", "\"Ez a béke ügye\" - mondta Orbán Viktor szóvivője."),
        ("hu", "\"Ez a béke ügye\" - mondta a miniszter Orbán Viktornak."),
        ("hu", "\"Ez a béke ügye\" - mondta a miniszter Orbán Viktorral."),
        ("fi", "\"Tuemme vahvasti Ukrainaa\", sanoi Alexander Stubbin tiedottaja."),
        ("fi", "\"Tuemme vahvasti Ukrainaa\", sanoi ministeri Alexander Stubbille."),
        ("cs", "„To je velký úspěch,“ řekl mluvčí Petra Fialy."),
        ("sv", "\"Vi står bakom Ukraina\", säger ministern till Ulf Kristersson."),
        ("sv", "\"Vi står bakom Ukraina\", säger Ulf Kristerssons talesperson."),
        ("ro", "\"Nu vom ceda niciodată\", a declarat purtătorul de cuvânt al lui Klaus Iohannis."),
        ("es", "Según el portavoz de Pedro Sánchez, \"el barco está perdido\"."),
        ("it", "Il secondo, Mario Draghi, \"ha perso la nave\"."),
        ("pl", "Zdaniem rzecznika Donalda Tuska \"statek jest już stracony\"."),
        ("ru", "По словам жены Сергея Лаврова, «корабль потерян навсегда»."),
        ("hu", "Orbán Viktor szóvivője szerint \"a hajó már elveszett\"."),
        ("el", "«Λέτε ψέματα πάντα», είπε στον Αλέξη Τσίπρα ο υπουργός."),
        ("id", "\"Kami tidak akan menyerah,\" kata istri Joko Widodo."),
        ("ja", "岸田文雄首相の報道官は「合意は極めて重要だ」と述べた。"),
        ("ko", "윤석열 대통령 대변인은 \"우리는 계속할 것이다\"라고 말했다."),
    ] {
        assert!(speakers_in(lang, text).iter().all(String::is_empty), "{text}: {:?}", speakers_in(lang, text));
    }
}

#[test]
fn what_the_sentence_takes_back_gives_to_others_or_asks_is_nobodys() {
    for (lang, text) in [
        ("en", "\"The ship is lost,\" Angela Merkel was told by the admiral."),
        ("en", "Angela Merkel has been warned: \"The ship is lost.\""),
        ("en", "Angela Merkel never said \"the ship is lost\"."),
        ("fr", "Marine Le Pen a nié avoir dit « le navire est perdu »."),
        ("de", "Olaf Scholz sagte nie: „Das Schiff ist verloren“."),
        ("en", "\"The ship is lost,\" Angela Merkel should say."),
        ("en", "Angela Merkel said a sailor told her \"the ship is lost\"."),
        ("es", "\"El barco está perdido\", afirma Pedro Sánchez que le dijo un marinero."),
        ("en", "Angela Merkel said the words \"the ship is lost\" were a joke."),
        ("fr", "Marine Le Pen a affirmé que ceux qui la traitent de « capitaine fantôme » ont tort."),
        ("en", "Asked whether \"the ship is lost\", Angela Merkel said no."),
        ("en", "\"The ship is lost,\" said Angela Merkel and her husband."),
        ("en", "\"The ship is lost,\" read one sign, Angela Merkel recalled."),
        ("fr", "« Le navire est perdu », a indiqué le gouvernement Michel Barnier."),
        ("de", "„Das Schiff ist verloren“, teilte die Regierung Olaf Scholz mit."),
        ("ar", "قالت حكومة بنيامين نتنياهو: \"السفينة ضاعت كلها\"."),
        ("zh", "普京政府说：“这条船已经沉没了。”"),
        ("ja", "岸田内閣は「船は沈んでしまった」と述べた。"),
        ("ko", "윤석열 대통령실은 \"배는 이미 가라앉았다\"라고 말했다."),
        ("cs", "„Loď je ztracena,“ řekl Petru Pavlovi ministr."),
    ] {
        assert!(speakers_in(lang, text).iter().all(String::is_empty), "{text}: {:?}", speakers_in(lang, text));
    }
    // A second quotation has the first one's speaker only where the verb is between the two.
    let two = |text: &str| speakers_in("en", text);
    let second = "\"The ship is lost,\" Angela Merkel said, while \"she is afloat\" was what others read.";
    assert_eq!(two(second), ["Angela Merkel", ""]);
    assert_eq!(two("\"We go,\" Angela Merkel said. \"We stay calm.\"")[0], "Angela Merkel");
}

#[test]
fn titles_of_papers_and_films_are_not_said() {
    for (text, count) in [
        ("«Das reicht nicht», sagte Boris Pistorius der «Süddeutschen Zeitung».", 1),
        ("Martin Scorsese said \"Taxi Driver\" was restored in the city.", 0),
        ("El autor de \"Cien años de soledad\", Gabriel García Márquez, dijo que estaba bien.", 0),
        ("Он сказал это газете «Комсомольская правда» в понедельник.", 0),
        ("He told the daily \"La Repubblica\" that he would stay in the city.", 0),
        ("\"Yes We Can\", said Barack Obama on Monday in the city.", 1),
        ("Barack Obama said: \"Yes We Can.\"", 1),
        ("Emmanuel Macron a déclaré que c'était « un plan dangereux » pour la région.", 1),
    ] {
        assert_eq!(speakers(text).len(), count, "{text}");
    }
}

#[test]
fn who_is_not_the_subject_did_not_say_it() {
    for text in [
        "\"We will not accept the deal,\" said a spokesman for President Emmanuel Macron in Paris.",
        "They asked why it was \"so very late\", Emmanuel Macron wrote: he did not know.",
        "\"We will not accept the deal,\" he told Emmanuel Macron on Monday in Paris.",
        "« Nous n'accepterons pas cet accord », a déclaré le porte-parole du président Emmanuel Macron.",
        "\"We will not accept the deal,\" the ministry said after talks with Emmanuel Macron in Paris.",
        "«Мы продолжим эту работу», — заявил пресс-секретарь Владимира Путина в понедельник.",
        "\"We will not yield,\" said the lawyer for Donald Trump on Monday.",
        "\"We will not yield,\" said the lawyer representing Donald Trump on Monday.",
        "\"We will not yield,\" a Trump spokesman said on Monday in the capital.",
        "\"We will not yield,\" said a Trump spokesman on Monday in the capital.",
        "\"We will not yield,\" said an aide to Donald Trump on Monday.",
        "\"We will not yield,\" said the brother of Donald Trump on Monday.",
        "After meeting Emmanuel Macron, the minister said: \"We will not yield.\"",
        "A lawyer representing Donald Trump said: \"We will not yield.\"",
        "A Donald Trump lawyer said: \"We will not yield to anyone.\"",
        "The Biden administration said: \"We will not yield to anyone.\"",
        "The officer who shot George Floyd said: \"We will not yield.\"",
        "\"We will not yield,\" said Trump's lawyer on Monday in the capital.",
        "\"We will not yield,\" the minister told Emmanuel Macron on Monday.",
        "\"We will not yield,\" the lawyer of Emmanuel Macron said on Monday.",
        "\"We will not yield,\" added the wife of Emmanuel Macron on Monday.",
        "\"Je ne céderai pas\", a dit hier soir le ministre à Emmanuel Macron.",
        "\"C'est faux\", a répondu le porte-parole de Marine Le Pen.",
        "\"C'est faux\", a déclaré l'avocat de Marine Le Pen devant la presse.",
        "L'avocat de Marine Le Pen a déclaré : « C'est un scandale d'État. »",
        "« C'est faux », a lancé à Emmanuel Macron le député de la Somme.",
        "« C'est faux », a lancé le député de la Somme à Emmanuel Macron.",
        "« C'est faux », a assuré le bras droit d'Emmanuel Macron lundi à Paris.",
        "« C'est faux », a-t-il lancé à Emmanuel Macron lundi à Paris.",
        "« C'est faux », a expliqué l'entourage d'Emmanuel Macron lundi.",
        "« C'est faux », a dit à Emmanuel Macron le chancelier.",
        "Le chancelier a dit à Emmanuel Macron : « C'est un scandale. »",
        "Le frère du président Emmanuel Macron a affirmé que c'était « un moment grave ».",
        "« C'est faux », selon le porte-parole d'Emmanuel Macron lundi.",
        "\"No habrá pactos\", dijo el portavoz de Pedro Sánchez.",
        "\"No habrá pactos\", dijo a Pedro Sánchez el líder de la oposición.",
        "\"No habrá pactos\", dijo el líder de la oposición a Pedro Sánchez.",
        "\"No habrá pactos\", respondió la abogada de la presidenta Claudia Sheinbaum.",
        "El portavoz de Pedro Sánchez dijo: \"No habrá pactos con nadie\".",
        "Dijo a Pedro Sánchez: \"No habrá pactos con nadie\".",
        "\"No habrá pactos\", dijo la mujer de Pedro Sánchez en Madrid.",
        "\"Não vou\", disse o advogado de José Sócrates.",
        "\"Não vou\", disse o ministro ao presidente Lula da Silva.",
        "\"Não vou\", disse o ministro a José Sócrates em Lisboa.",
        "\"Não vou\", disse a José Sócrates o ministro em Lisboa.",
        "\"Não vou\", disse o porta-voz do presidente Lula da Silva.",
        "\"Non vado\", ha detto l'avvocato di Silvio Berlusconi.",
        "\"Non vado\", ha detto a Giorgia Meloni il ministro.",
        "\"Non vado\", ha detto il ministro a Giorgia Meloni.",
        "\"Non vado\", ha detto il portavoce della premier Giorgia Meloni.",
        "L'avvocato di Silvio Berlusconi ha dichiarato: \"Non ci vado mai\".",
        "\"Wir gehen\", sagte der Anwalt von Olaf Scholz in Berlin.",
        "\"Wir gehen\", sagte der Sprecher Wladimir Putins in Moskau.",
        "\"Wir gehen\", sagte die Sprecherin der Kanzlerin Angela Merkel in Berlin.",
        "\"Wir gehen\", sagte der Minister dem Präsidenten Emmanuel Macron in Berlin.",
        "\"Wir gehen\", sagte der Minister zu Olaf Scholz in Berlin.",
        "\"Wir gehen\", sagte der Bruder des Politikers Olaf Scholz in Berlin.",
        "\"Wij gaan\", zei de woordvoerder van Mark Rutte in Den Haag.",
        "\"Wij gaan\", zei de minister tegen Mark Rutte in Den Haag.",
        "«Мы не пойдём», — заявил адвокат Алексея Навального.",
        "«Мы не пойдём», — заявил адвокат Марин Ле Пен.",
        "«Мы не пойдём», — заявила пресс-секретарь Владимира Путина в понедельник.",
        "«Мы не пойдём», — сказал министр Владимиру Путину.",
        "«Мы не пойдём», — заявила адвокат Ивана Сафронова в понедельник.",
        "«Мы не пойдём», — сказал представитель Сильвио Берлускони.",
        "«Ми не підемо», — сказала адвокатка Юлії Тимошенко в Києві.",
        "„Nie pójdziemy”, powiedziała rzeczniczka Donalda Tuska w Warszawie.",
        "„Nie pójdziemy”, powiedział minister Donaldowi Tuskowi w Warszawie.",
        "\"Gitmiyoruz\" diyen Erdoğan'ın sözcüsü açıkladı.",
        "\"Biz gitmiyoruz\", Ekrem İmamoğlu'nun avukatı söyledi.",
        "قال المتحدث باسم الرئيس عبد الفتاح السيسي: \"لن نقبل\".",
        "وقال محامي محمد مرسي: \"هذا ظلم كبير\".",
        "قال الوزير لمحمد مرسي: \"هذا ظلم كبير\".",
        "وقال نجل محمد مرسي: \"هذا ظلم كبير\".",
        "وقال المتحدث باسم رئيس الوزراء بنيامين نتنياهو: \"هذا ظلم كبير\".",
        "سخنگوی مسعود پزشکیان گفت: «ما نمی‌پذیریم».",
        "وکیل نرگس محمدی گفت: «ما نمی‌پذیریم».",
        "سخنگوی رئیس جمهور مسعود پزشکیان گفت: «ما نمی‌پذیریم».",
        "普京的发言人说：“我们将继续努力。”",
        "特朗普律师说：“我们将继续努力。”",
        "外长对马克龙说：“我们将继续努力。”",
        "도널드 트럼프 대변인은 \"우리는 계속할 것이다\"라고 말했다.",
    ] {
        assert!(speakers(text).iter().all(String::is_empty), "{text}: {:?}", speakers(text));
    }
}
