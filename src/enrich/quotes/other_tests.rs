//! Who said what where the words stand between two verbs, and in the patterns of agencies of many languages.

use super::tests::speakers_in;

/// Speakers with the sentences of each language.
fn check(cases: &[(&str, &str, &str)]) {
    for (lang, text, speaker) in cases {
        let found = speakers_in(lang, text);
        assert_eq!(found.last().map(String::as_str), Some(*speaker), "{text}: {found:?}");
    }
}

#[test]
fn what_is_said_between_two_verbs_is_not_the_reporters() {
    check(&[
        ("en", "Angela Merkel told him: \"Do not forget the poor,\" Olaf Scholz recalled.", "Angela Merkel"),
        ("en", "The attacker shouted \"You will die today\", witness John Smith told the jury.", ""),
        ("en", "The voice told him: \"Do not forget the poor,\" Olaf Scholz recalled.", ""),
        ("en", "Asked about it, Olaf Scholz said: \"We are not going,\" and left.", "Olaf Scholz"),
        ("de", "Angela Merkel habe ihm gesagt: „Vergesst die Armen nicht“, berichtete Olaf Scholz.", "Angela Merkel"),
        ("de", "Der Angeklagte habe ihm gesagt: „Ich bringe dich um“, berichtete Olaf Scholz.", ""),
        ("de", "Angela Merkel habe nie gesagt: „Ich war es nicht“, betonte Olaf Scholz.", ""),
        ("fr", "Sa mère répétait : « Travaille bien mon fils », se souvient Paul Morel.", ""),
        ("es", "El papa le dijo: \"No olvidéis a los pobres\", contó Pedro Sánchez.", ""),
        ("it", "Il Papa gli ha detto: \"Non dimenticate i poveri\", ha raccontato Matteo Zuppi.", ""),
        ("pt", "O papa disse-lhe: \"Não esqueçam os pobres\", contou Américo Aguiar.", ""),
        ("nl", "De paus zei tegen hem: \"Vergeet de armen niet\", vertelde Mark Rutte.", ""),
        ("pl", "Papież powiedział mu: \"Nie zapominajcie o ubogich\" - relacjonował Donald Tusk.", ""),
        ("ru", "Патриарх сказал ему: «Не забывайте бедных», - рассказал Владимир Путин.", ""),
        ("cs", "Papež mu řekl: \"Nezapomínejte na chudé,\" uvedl Petr Fiala.", ""),
        ("sv", "Påven sade: \"Glöm inte de fattiga\", berättar Ulf Kristersson.", ""),
        ("hu", "A pápa azt mondta: \"Ne felejtsétek el a szegényeket\" - idézte fel Orbán Viktor.", ""),
        // The same verb and its own subject.
        ("en", "\"We are not going,\" Angela Merkel told Olaf Scholz.", "Angela Merkel"),
        ("en", "Judge Jonathan Carroll told Gary Hargreaves: \"You thought only of yourself.\"", "Jonathan Carroll"),
        ("it", "Mario Draghi ha replicato a Matteo Salvini: \"Le porte sono aperte\".", "Mario Draghi"),
    ]);
}

#[test]
fn what_others_are_said_to_have_said_is_not_the_subjects() {
    check(&[
        ("de", "Olaf Scholz sagte, seine Mutter habe gerufen: „Geh sofort heim.“", ""),
        ("fa", "مسعود پزشکیان گفت که مادرش فریاد زد: «برو به خانه».", ""),
        ("zh", "李强说，他母亲喊道：“你快点回家。”", ""),
        ("ja", "田中一郎氏は、被告が「必ず殺してやる」と述べたと証言した。", ""),
        ("uk", "Володимир Зеленський повідомив, що мати крикнула: «Іди вже додому».", ""),
        ("sr", "Aleksandar Vučić rekao je da je majka viknula: \"Idi odmah kući\".", ""),
        ("id", "Joko Widodo mengatakan ibunya berteriak: \"Pulang sekarang juga\".", ""),
        ("ar", "أفاد بنيامين نتنياهو بأن المتهم صرخ: \"سأقتلك الآن هنا\".", ""),
        ("hi", "नरेंद्र मोदी ने बताया कि चालक ने कहा, \"मुझे माफ कीजिए।\"", ""),
        ("de", "Angeklagt ist Karl Weber. „Das ist nicht wahr“, sagte Webers Frau.", ""),
    ]);
}

#[test]
fn topics_with_where_and_when_speak_in_japanese_and_korean() {
    check(&[
        ("ja", "小椋大輔弁護士は判決後に記者会見し「不当な判決だ」と話した。", "小椋大輔"),
        ("ja", "植田和男総裁は会合後の記者会見で「来年の動きを確認したい」と説明した。", "植田和男"),
        ("ja", "茂木敏充外相は「緊密に連携したい」と応じた。", "茂木敏充"),
        ("ja", "高市早苗首相は「合意は極めて重要だ」と改めて強調した。", "高市早苗"),
        ("ja", "岸田文雄首相の報道官は会見で「合意は極めて重要だ」と説明した。", ""),
        ("ja", "岸田文雄首相は記者が「合意は極めて重要だ」と述べた。", ""),
        ("ja", "高市早苗首相は「合意は極めて重要だ」と述べたことはない。", ""),
        ("ja", "高市早苗首相は「合意は極めて重要だ」と述べた記者を批判した。", ""),
        ("ja", "高市早苗首相は「合意は極めて重要だ」と述べた上で、対応を急ぐとした。", "高市早苗"),
        (
            "ja",
            "高市早苗首相は「合意は極めて重要だ」と述べたが、関税については「何も申し上げない」とした。",
            "高市早苗",
        ),
        ("ko", "박형준 부산시장은 \"유족께 깊은 위로를 전한다\"며 점검을 지시했다.", "박형준"),
        ("ko", "이재명 대표는 이날 오후 브리핑에서 \"우리는 계속할 것이다\"라고 강조했다.", "이재명"),
        ("ko", "이재명 대표는 \"우리는 계속할 것이다\"며 \"절대 멈추지 않는다\"고 말했다.", "이재명"),
        ("ko", "이재명 대통령과 만난 노조 대표는 \"우리는 계속할 것이다\"라고 말했다.", ""),
        ("ko", "윤석열 대통령 측은 \"우리는 계속할 것이다\"라고 말했다.", ""),
        ("ko", "이재명 대표는 \"우리는 계속할 것이다\"라고 주장하는 야당을 비판했다.", ""),
    ]);
}

#[test]
fn subjects_at_the_head_of_arabic_and_persian_sentences_speak() {
    check(&[
        (
            "ar",
            "وأكد بنيامين نتنياهو خلال اللقاء أن بلاده تعمل، مبينا أن \"الأبواب مفتوحة أمام الشركات\".",
            "بنيامين نتنياهو",
        ),
        ("ar", "وقال بنيامين نتنياهو في تصريح صحفي: \"الأبواب مفتوحة أمام الشركات\".", "بنيامين نتنياهو"),
        ("ar", "وأوضح المتحدث باسم الوزارة أن الزيارة مهمة، مضيفا أن \"الأبواب مفتوحة أمام الشركات\".", ""),
        ("ar", "ونفى متحدث باسم بنيامين نتنياهو علمه بالحادثة، وقال: \"الأمر قيد الفحص الآن\".", ""),
        ("fa", "مسعود پزشکیان در دیدار با عباس عراقچی در تهران گفت: «ما زیر بار نمی‌رویم».", "مسعود پزشکیان"),
        ("fa", "مسعود پزشکیان با اشاره به تحولات منطقه تصریح کرد: «ما زیر بار نمی‌رویم».", "مسعود پزشکیان"),
        (
            "fa",
            "مسعود پزشکیان سخنگوی وزارت در پاسخ به خبرنگار تأکید کرد که چیزی نیست. وی گفت: «ما زیر بار نمی‌رویم».",
            "مسعود پزشکیان",
        ),
        ("fa", "وکیل مسعود پزشکیان با اشاره به تحولات منطقه تصریح کرد: «ما زیر بار نمی‌رویم».", ""),
    ]);
}

#[test]
fn a_colon_before_a_paragraph_announces_it() {
    check(&[
        ("tr", "Özgür Özel, şunları kaydetti:\n\n\"Biz bu yoldan asla dönmeyiz.\"", "Özgür Özel"),
        ("en", "Angela Merkel said:\n\n\"The ship is lost and gone.\"", "Angela Merkel"),
        ("en", "Angela Merkel said the day was long.\n\n\"The ship is lost and gone.\"", ""),
        (
            "tr",
            "Özgür Özel, partisinin Ankara'daki toplantısında yaptığı konuşmada, \"Biz bu yoldan dönmeyiz\" dedi.",
            "Özgür Özel",
        ),
    ]);
}

#[test]
fn who_spoke_last_goes_on() {
    check(&[
        ("en", "Angela Merkel said Olaf Scholz was late. \"We are not going,\" she said.", "Angela Merkel"),
        (
            "en",
            "Jack Jones said they would return if talks with Terence Beckett went well. \"We will wait,\" he added.",
            "Jack Jones",
        ),
        (
            "en",
            "Jack Jones said they would return if talks with Terence Beckett went well. \"We will wait,\" he said.",
            "",
        ),
        (
            "fr",
            "M. Niang a affirmé avoir transmis un message de Bassirou Diomaye Faye. « L'Algérie est un pays frère », a-t-il ajouté.",
            "Niang",
        ),
        ("fr", "François Demoulin a rétorqué que « les faits sont accablants ».", "François Demoulin"),
        ("id", "Joko Widodo mengatakan festival itu besar. \"Ada peserta dari Malaysia,\" ujarnya.", "Joko Widodo"),
        ("id", "Juru bicara Joko Widodo mengatakan festival itu besar. \"Ada peserta dari Malaysia,\" ujarnya.", ""),
        ("zh", "李强表示，国家已派官兵进驻。“人命关天不能等”，他强调。", "李强"),
        ("zh", "“起跑反应一般般。”李强赛后说。", "李强"),
        ("zh", "他说：“起跑反应一般般。”李强表示，比赛结束了。", ""),
    ]);
}

#[test]
fn the_answers_of_an_interview_are_of_the_one_who_is_asked() {
    let text = "Emmanuel Macron publie ses mémoires.\n\nQ: Craignez-vous la fin ?\n\nR: \"Non. Jamais de la vie.\"\n";
    check(&[("fr", text, "Emmanuel Macron")]);
    let text = "Emmanuel Macron a vu Marine Le Pen.\n\nQ: Craignez-vous la fin ?\n\nR: \"Non. Jamais de la vie.\"\n";
    check(&[("fr", text, "")]);
}
