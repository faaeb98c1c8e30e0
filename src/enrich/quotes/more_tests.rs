//! Who said what by verbs of saying that are others too, in appositions and behind owners.

use super::tests::speakers_in;

#[test]
fn verbs_that_are_others_too_tell_beside_a_quotation_alone() {
    for (lang, text, speaker) in [
        ("en", "\"The ferry will sail again,\" conceded Kate Nance.", "Kate Nance"),
        ("en", "\"The ferry will sail again,\" Kate Nance lamented.", "Kate Nance"),
        ("en", "Kate Nance defended the delay: \"The ferry will sail again.\"", "Kate Nance"),
        ("en", "Kate Nance praised the \"absolute heroes\" of the crew.", ""),
        ("en", "The \"ferry of shame\" Kate Nance criticised on Monday sailed.", ""),
        ("en", "\"The ferry is a disgrace,\" slammed a letter to Kate Nance.", ""),
        ("fr", "« Le navire repartira demain », s'est félicitée Anne Hidalgo.", "Anne Hidalgo"),
        ("fr", "« Le navire repartira demain », a plaidé l'avocat de Marc Roux.", ""),
        ("fr", "« Le navire repartira demain », a répété la famille Roux.", ""),
        ("fr", "Estimant que le navire est « perdu pour toujours », Marc Roux considère que le port doit fermer.", ""),
        ("es", "\"El barco zarpará mañana\", ha asegurado Luis Gil.", "Luis Gil"),
        ("es", "\"El barco zarpará mañana\", acusó el portavoz de Luis Gil.", ""),
        ("es", "Luis Gil, señalado como \"el patrón del barco\", calló.", ""),
        ("pt", "\"O navio parte amanhã\", acusou Ana Costa.", "Ana Costa"),
        ("it", "\"La nave parte domani\", aveva detto Luca Neri.", "Luca Neri"),
        ("de", "„Das Schiff fährt morgen“, mahnte Marc Roth.", "Marc Roth"),
        ("de", "„Das Schiff fährt morgen“, so Marc Roth.", "Marc Roth"),
        ("de", "„Das Schiff fährt morgen“, rief ein Mann Marc Roth zu.", ""),
        ("de", "„Das Schiff fährt morgen“, erwiderte die Ministerin Marc Roth.", ""),
        ("nl", "\"Het schip vaart morgen\", concludeerde Jan Bos.", "Jan Bos"),
        ("pl", "\"Statek wypłynie jutro\" - zapewnił Jan Bos.", "Jan Bos"),
        ("ru", "«Корабль выйдет завтра», — признался Иван Петров.", "Иван Петров"),
        ("ru", "«Корабль выйдет завтра», — возразил Ивану Петрову министр.", ""),
        ("uk", "«Корабель вийде завтра», — запевнив Іван Петренко.", "Іван Петренко"),
        ("tr", "\"Gemi yarın kalkacak\" diyen Özgür Özel, toplantıdan ayrıldı.", "Özgür Özel"),
        ("tr", "Erdoğan, \"Gemi yarın kalkacak\" diyen Özgür Özel'e yanıt verdi.", ""),
    ] {
        assert_eq!(speakers_in(lang, text), [speaker], "{text}");
    }
}

#[test]
fn whoever_is_named_behind_a_post_and_a_comma_speaks() {
    for (lang, text, speaker) in [
        ("en", "\"The ferry will sail,\" said the head of the harbour board, Kate Nance.", "Kate Nance"),
        ("en", "\"The ferry will sail,\" said the wife of Pedro Sánchez, Begoña Gómez.", "Begoña Gómez"),
        ("en", "\"The ferry will sail,\" said the pilot to the mayor of Dover, Kate Nance.", ""),
        ("en", "\"The ferry will sail,\" said the wife of the mayor of Dover, Tom Nance.", ""),
        ("en", "\"The ferry will sail,\" said the man who hit the mayor, Kate Nance.", ""),
        ("en", "\"The ferry will sail,\" said the mayor of Dover, Kate Nance recalled.", ""),
        ("en", "\"The ferry will sail,\" said the mayor and the pilot, Kate Nance.", ""),
        ("fr", "« Le navire part demain », a déclaré à la presse le préfet du Finistère, Marc Roux.", "Marc Roux"),
        ("en", "\"The ferry will sail,\" said the victim's mother, Kate Nance.", "Kate Nance"),
        ("en", "\"The ferry will sail,\" said the pilot, Kate Nance having left.", ""),
        ("fr", "« Le navire part demain », a écrit au maire le préfet du Var, Marc Roux.", "Marc Roux"),
        ("fr", "« Le navire part demain », a déclaré à la préfète du Finistère, Anne Hidalgo.", ""),
        ("fr", "« Le navire part demain », a dit la ministre de la Mer, Marc Roux ayant refusé.", ""),
        ("es", "\"El barco zarpará\", dijo el presidente del puerto de Vigo, Luis Gil.", "Luis Gil"),
        ("es", "\"El barco zarpará\", dijo al presidente del puerto de Vigo, Luis Gil.", ""),
        ("pt", "\"O navio parte amanhã\", disse a ministra do Mar, Ana Costa.", "Ana Costa"),
        ("it", "\"La nave parte domani\", ha detto la figlia della vittima, Anna Bassi.", "Anna Bassi"),
        ("nl", "\"Het schip vaart morgen\", zei de officier van justitie, Anna Bos.", "Anna Bos"),
        ("de", "„Das Schiff fährt morgen“, sagte der Sprecherin der Polizei, Anna Roth.", ""),
        ("ro", "\"Nava pleacă mâine\", a declarat purtătorul de cuvânt al portului, Dmitri Peskov.", "Dmitri Peskov"),
        ("ro", "\"Nava pleacă mâine\", a declarat purtătorul de cuvânt al lui Klaus Iohannis.", ""),
        ("bg", "\"Корабът тръгва утре\", заяви директорът Георги Петров.", "Георги Петров"),
        ("bg", "\"Корабът тръгва утре\", заяви говорителят на Георги Петров.", ""),
        ("sr", "\"Брод полази сутра\", изјавио је портпарол Владимира Путина.", ""),
    ] {
        assert_eq!(speakers_in(lang, text), [speaker], "{text}");
    }
}

#[test]
fn owners_of_a_noun_and_others_before_a_name_do_not_speak() {
    for (lang, text, speaker) in [
        ("en", "\"The ferry will sail,\" Trump lawyer Todd Blanche said.", "Todd Blanche"),
        ("en", "\"We will win,\" Joe Biden campaign manager Julie Chavez said.", "Julie Chavez"),
        ("en", "The Joe Biden campaign said: \"The ferry will sail again.\"", ""),
        ("en", "Asked about Donald Trump, President Emmanuel Macron replied: \"We will go.\"", "Emmanuel Macron"),
        ("en", "Donald Trump met his lawyer, Kate Nance, and said: \"The ferry will sail.\"", ""),
        ("en", "Quoting Winston Churchill, Boris Johnson said: \"The ferry will sail.\"", ""),
        ("fr", "Selon Marc Roux, chef du port de Brest, « le navire est perdu ».", "Marc Roux"),
        ("sv", "\"Färjan går i morgon\", säger Magdalena Anderssons pressekreterare Anna Berg.", "Anna Berg"),
        ("sv", "\"Färjan går i morgon\", säger en talesperson för statsminister Ulf Kristersson.", ""),
        ("fi", "\"Laiva lähtee huomenna\", sanoo Petteri Orpon avustaja Matti Meikäläinen.", "Matti Meikäläinen"),
        ("fi", "\"Laiva lähtee huomenna\", sanoo Petteri Orpon avustaja.", ""),
        ("fi", "Satama avattiin.\n\n– Laiva lähtee huomenna satamasta, Petteri Orpo kommentoi.", "Petteri Orpo"),
        ("hu", "\"A hajó holnap indul\" - mondta Orbán Viktor kabinetfőnöke, Rogán Antal.", "Rogán Antal"),
        ("hu", "Szijjártó Péter külgazdasági és külügyminiszter közölte: \"A hajó holnap indul.\"", "Szijjártó Péter"),
        ("hu", "Orbán Viktor szóvivője közölte: \"A hajó holnap indul.\"", ""),
        ("lt", "„Laivas išplauks rytoj“, – teigė prezidentas Gitanas Nausėda.", "Gitanas Nausėda"),
        ("lt", "„Laivas išplauks rytoj“, – teigė Gitano Nausėdos patarėjas.", ""),
        ("vi", "\"Con tàu sẽ rời cảng ngày mai\", ông Tập Cận Bình nói.", "Tập Cận Bình"),
    ] {
        assert_eq!(speakers_in(lang, text), [speaker], "{text}");
    }
}

#[test]
fn where_and_when_may_stand_before_a_verb_that_comes_last() {
    for (lang, text, speaker) in [
        ("tr", "Özgür Özel, düzenlediği toplantıda, \"Gemi yarın kalkacak\" ifadesini kullandı.", "Özgür Özel"),
        ("tr", "Özgür Özel, afişte \"Gemi yarın kalkacak\" yazdığını söyledi.", ""),
        ("ja", "高田優子会長は東京都内で「船は明日出ます」と語った。", "高田優子"),
        ("ja", "石破茂首相は記者が「船は沈んだ」と述べたのに答えた。", ""),
        ("ko", "윤석열 대통령은 회담 뒤 기자회견에서 \"배는 내일 떠난다\"고 밝혔다.", "윤석열"),
        ("ko", "윤석열 대통령은 기자가 \"배는 내일 떠난다\"고 말했다고 전했다.", ""),
        ("fa", "عباس عراقچی در نشست خبری مشترک گفت: «کشتی فردا می‌رود.»", "عباس عراقچی"),
        ("fa", "عباس عراقچی را در فرودگاه دید و گفت: «کشتی فردا می‌رود.»", ""),
        ("zh", "佩斯科夫当天对媒体说：“这条船明天离开港口。”", "佩斯科夫"),
    ] {
        assert_eq!(speakers_in(lang, text), [speaker], "{text}");
    }
}

#[test]
fn what_a_speaker_rejects_or_hears_from_others_is_not_said() {
    for (lang, text) in [
        ("en", "Kate Nance said she rejected the claim that \"the ferry is lost\"."),
        ("en", "Kate Nance said she did not know whether \"the ferry is lost\"."),
        ("en", "Told that \"the ferry is lost\", Kate Nance laughed."),
        ("fr", "Marc Roux a affirmé ne pas croire que « le navire est perdu »."),
        ("fr", "Marc Roux a déclaré que la formule « le navire est perdu » n'était pas de lui."),
        ("de", "Marc Roth sagte, die Zeile, er sei „ein Dieb der Meere“, sei erfunden."),
        ("es", "\"El barco está perdido\", dijo Luis Gil que decía la carta."),
        ("nl", "Jan Bos had verteld dat de schipper tegen hem riep: \"Het schip vaart morgen.\""),
    ] {
        assert!(speakers_in(lang, text).iter().all(String::is_empty), "{text}: {:?}", speakers_in(lang, text));
    }
}

#[test]
fn who_calls_something_so_and_whose_opinion_it_is() {
    for (lang, text, speaker) in [
        ("en", "Kate Nance called it \"a slap in the face of the crew\".", "Kate Nance"),
        ("en", "The plan was called \"a joke for the crew\" by Kate Nance.", ""),
        ("en", "Kate Nance never called it \"a joke for the crew\".", ""),
        ("en", "Ann Bell attacked what Kate Nance called \"a joke for the crew\".", "Kate Nance"),
        ("fr", "Anne Hidalgo a qualifié le plan de « gifle pour les marins ».", "Anne Hidalgo"),
        ("fr", "Le plan a été qualifié de « gifle pour les marins » par Anne Hidalgo.", ""),
        ("fr", "Pour Anne Hidalgo, « c'est une gifle pour les marins ».", "Anne Hidalgo"),
        ("fr", "Le maire a voté pour Anne Hidalgo. « C'est une gifle ».", ""),
        ("de", "Marc Roth hat den Plan „einen Schlag für alle“ genannt.", "Marc Roth"),
        ("de", "Marc Roth sprach von einem „Schlag für alle“.", "Marc Roth"),
        ("it", "Per Luca Neri, \"la nave è perduta\".", "Luca Neri"),
        ("es", "Luis Gil calificó el plan de \"bofetada a los marinos\".", "Luis Gil"),
        ("ru", "Иван Петров назвал план «пощёчиной для моряков».", "Иван Петров"),
        ("pl", "Jan Bos nazwał plan \"policzkiem dla marynarzy\".", "Jan Bos"),
    ] {
        assert_eq!(speakers_in(lang, text), [speaker], "{text}");
    }
}

#[test]
fn a_pronoun_is_whoever_did_something_in_the_sentence_before() {
    for (lang, text, speaker) in [
        ("en", "John Hill left the school in 1990. \"I was tired of it,\" he said.", "John Hill"),
        ("en", "John Hill left the school in 1990. \"I was tired of it,\" she said.", ""),
        ("en", "John Hill left the school in 1990. He added: \"I was tired of it.\"", "John Hill"),
        ("en", "The John Hill administration left in 1990. \"I was tired of it,\" he said.", ""),
        ("en", "An aide of John Hill said no. \"We were tired of it,\" he said.", ""),
        ("en", "John Hill said he had never seen it. \"I was tired of it,\" he said.", "John Hill"),
        ("fr", "L'abbé Marc Roux a ouvert le port. « Il faisait froid », a-t-il dit.", ""),
        ("fr", "L'abbé Marc Roux a ouvert le port. « On avait froid », a-t-il dit.", "Marc Roux"),
    ] {
        assert_eq!(speakers_in(lang, text), [speaker], "{text}");
    }
}

#[test]
fn an_agency_and_a_post_may_stand_between() {
    for (lang, text, speaker) in [
        ("ar", "قالت ليلى حداد لوكالة فرانس برس \"نحن خائفون من الحرب\".", "ليلى حداد"),
        ("fa", "علی کریمی سرمربی پرسپولیس در نشست خبری گفت: «بازی سختی بود.»", "علی کریمی"),
        ("ru", "«Корабль выйдет завтра», — заявила адвокат Анна Ким.", "Анна Ким"),
        ("ru", "«Корабль выйдет завтра», — заявил адвокат Анны Ким.", ""),
        ("hi", "पार्टी अध्यक्ष अखिलेश यादव ने शुक्रवार को कहा, ‘‘हम किसी को नहीं छोड़ेंगे।’’", "अखिलेश यादव"),
    ] {
        assert_eq!(speakers_in(lang, text), [speaker], "{text}");
    }
}

#[test]
fn a_part_of_what_somebody_says_of_others_is_theirs() {
    for (lang, text, speaker) in [
        ("en", "Kate Nance said Tom Bell was \"the best pilot of the port\".", "Kate Nance"),
        ("en", "Kate Nance said Tom Bell was not \"the best pilot of the port\".", ""),
        ("en", "Kate Nance said Tom Bell called it \"the best ship of the port\".", ""),
        ("en", "Kate Nance said the new banner above the old gate was \"meant for the crew\".", ""),
        ("pt", "Ana Costa afirmou que Luis Gil \"nunca pediu nada a ninguém\".", "Ana Costa"),
        ("fr", "Marc Roux a lancé la collecte après un afflux de « dons sans précédent ».", ""),
        ("pt", "Para o promotor Luis Gil, a decisão \"chega tarde, mas chega\".", "Luis Gil"),
        ("de", "„Das war ein Foul“, schimpfte Werder-Coach Eva Roth.", "Eva Roth"),
    ] {
        assert_eq!(speakers_in(lang, text), [speaker], "{text}");
    }
    for (lang, text) in [
        ("pt", "Luis Gil disse que viria. \"Só o faremos amanhã\", ressalvou."),
        ("pl", "Luis Gil powiedział, że przyjdzie. \"To minimum dla portu\" - dodał."),
    ] {
        assert_eq!(speakers_in(lang, text), ["Luis Gil"], "{text}");
    }
    let text = "Luis Gil powiedział, że przyjdzie. \"To minimum dla portu\" - dodała.";
    assert_eq!(speakers_in("pl", text), [""], "{text}");
}

#[test]
fn one_word_is_a_quotation_where_somebody_says_it() {
    for (lang, text, found) in [
        ("en", "Asked if he agreed, Emmanuel Macron replied: \"Yes.\"", &["Emmanuel Macron"][..]),
        ("en", "\"Never,\" Vladimir Putin said on Monday.", &["Vladimir Putin"]),
        ("en", "It was late.\n\n\"Nonsense!\" said Angela Merkel.", &["Angela Merkel"]),
        ("fr", "« Non », a répondu Emmanuel Macron.", &["Emmanuel Macron"]),
        ("de", "„Nein“, sagte Olaf Scholz am Montag.", &["Olaf Scholz"]),
        ("ru", "«Нет», — сказал Владимир Путин.", &["Владимир Путин"]),
        // Nobody is told to say it, or it is a part of the sentence.
        ("en", "\"Never!\" shouted the crowd.", &[]),
        ("en", "Emmanuel Macron said the \"reform\" was bad.", &[]),
        ("en", "Emmanuel Macron said he would see \"Titanic\" again.", &[]),
        ("en", "The plan is \"hard\", Emmanuel Macron said.", &[]),
        ("de", "Olaf Scholz sagte, der „Plan“ sei gut.", &[]),
        // What stands beside it keeps its speaker.
        (
            "en",
            "\"Yes,\" Vladimir Putin said. \"We will go there tomorrow,\" Angela Merkel said.",
            &["Vladimir Putin", "Angela Merkel"],
        ),
    ] {
        assert_eq!(super::tests::speakers_in(lang, text), found, "{text}");
    }
}
