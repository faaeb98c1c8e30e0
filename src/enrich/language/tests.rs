//! Lines of many languages, and what is told of them.

use super::read;
use crate::story::Story;

fn lang(text: &str) -> Option<String> {
    let mut story = Story::new(text.to_owned());
    read(&mut story);
    story.lang.map(|l| l.value)
}

#[test]
fn languages_of_the_wires() {
    for (code, text) in [
        ("fr", "Le président a déclaré que les deux pays poursuivent leur coopération dans la région."),
        ("en", "The president said on Monday that the two countries will continue to work in the region."),
        ("de", "Der Präsident sagte am Montag, dass die beiden Länder ihre Zusammenarbeit mit der Region fortsetzen."),
        ("es", "El presidente dijo el lunes que los dos países continuarán con su cooperación en la región."),
        ("it", "Il presidente ha detto che i due paesi continueranno la collaborazione per la pace nella regione."),
        ("pt", "O presidente disse que os dois países vão continuar a cooperação com a região e não mais com a outra."),
        ("nl", "De president zei maandag dat de twee landen hun samenwerking in het gebied voortzetten met de rest."),
        (
            "pl",
            "Prezydent powiedział w poniedziałek, że oba kraje będą współpracować w regionie, i to nie jest koniec.",
        ),
        (
            "tr",
            "Cumhurbaşkanı pazartesi günü iki ülkenin bölgede iş birliğini sürdüreceğini ve bunun için çok çalıştığını söyledi, bu bir adım.",
        ),
        ("ru", "Президент заявил в понедельник, что обе страны продолжат сотрудничество в регионе, и это важные шаги."),
        ("uk", "Президент заявив у понеділок, що обидві країни продовжать співпрацю в регіоні, її підтримують."),
        (
            "bg",
            "Президентът заяви в понеделник, че двете страни ще продължат сътрудничеството в региона, съобщи агенцията.",
        ),
        ("ar", "قال الرئيس يوم الإثنين إن البلدين سيواصلان التعاون في المنطقة خلال الأيام المقبلة."),
        ("fa", "رئیس جمهور روز دوشنبه گفت که دو کشور به همکاری در منطقه ادامه می‌دهند."),
        ("ja", "大統領は月曜日、両国が地域での協力を続けると述べた。"),
        ("zh", "总统星期一表示，两国将继续在该地区开展合作。"),
        ("ko", "대통령은 월요일 양국이 지역에서 협력을 계속할 것이라고 말했다."),
        ("el", "Ο πρόεδρος δήλωσε τη Δευτέρα ότι οι δύο χώρες θα συνεχίσουν."),
        ("he", "הנשיא אמר ביום שני כי שתי המדינות ימשיכו בשיתוף הפעולה."),
        (
            "sw",
            "Rais alisema Jumatatu kuwa nchi hizo mbili zitaendelea na ushirikiano katika eneo hilo na kwa watu wa hapa.",
        ),
    ] {
        assert_eq!(lang(text).as_deref(), Some(code), "{text}");
    }
}

#[test]
fn short_copy_is_told_by_its_trigrams() {
    for (code, text) in [
        ("en", "Firefighters battled blazes Tuesday near Pasadena while winds returned across California."),
        ("it", "Roma, sciopero generale venerdì: treni fermi, scuole chiuse, disagi attesi ovunque."),
        ("fr", "Lyon - Incendie maîtrisé hier soir dans un entrepôt désaffecté, trois pompiers légèrement blessés."),
        ("ur", "وزیراعظم نے کہا کہ دونوں ملک تعاون جاری رکھیں گے، یہ بات انہوں نے اسلام آباد میں کہی۔"),
        (
            "ru",
            "Петроградъ, 25 октября. Временное правительство низложено, сообщаетъ агентство объ этомъ; всѣ мосты взяты.",
        ),
    ] {
        assert_eq!(lang(text).as_deref(), Some(code), "{text}");
    }
}

#[test]
fn neighbours_of_one_script_are_told_apart() {
    for (code, text) in [
        ("uk", "Рада ухвалила бюджет на наступний рік, за нього проголосували триста депутатів."),
        ("be", "Старшыня савета наведаў завод і сустрэўся з рабочымі, якія просяць новых станкоў."),
        ("sr", "Министар је обишао фабрику и разговарао са радницима који траже нове машине."),
        ("mk", "Министерот ја посети фабриката и разговараше со работниците што бараат нови машини."),
        ("bg", "Министърът посети завода и разговаря с работниците, които искат нови машини."),
        ("kk", "Министр зауытқа барып, жаңа станок сұраған жұмысшылармен сөйлесті."),
        ("ky", "Министр заводго барып, жаңы станок сураган жумушчулар менен сүйлөштү."),
        ("mn", "Сайд үйлдвэрт очиж, шинэ тоног төхөөрөмж хүссэн ажилчидтай уулзав."),
        ("tg", "Вазир ба корхона рафт ва бо коргарон дар бораи дастгоҳҳои нав сӯҳбат кард."),
        ("uz", "Вазир корхонага борди ва янги дастгоҳлар ҳақида ишчилар билан суҳбатлашди, деди котиб."),
        ("ru", "Министр побывал на заводе и говорил с рабочими, которые просят новые станки."),
        ("hi", "मंत्री ने कारखाने का दौरा किया और मज़दूरों से बात की, यह जानकारी कार्यालय ने दी है।"),
        ("mr", "मंत्र्यांनी कारखान्याला भेट दिली आणि कामगारांशी चर्चा केली, असे कार्यालयाने सांगितले आहे."),
        ("ne", "मन्त्रीले कारखानाको भ्रमण गरे र कामदारसँग कुरा गरेको छ भनेर कार्यालयले भन्यो।"),
        ("yi", "דער מיניסטער האָט באַזוכט די פֿאַבריק און גערעדט מיט די אַרבעטער װאָס װילן נײַע מאַשינען."),
        ("ca", "El ministre ha visitat la fàbrica i ha parlat amb els treballadors que demanen més màquines."),
        ("es", "El ministro visitó la fábrica y habló con los trabajadores que piden más máquinas para el taller."),
        ("id", "Menteri mengunjungi pabrik itu dan berbicara dengan para pekerja, katanya mereka bisa bekerja lagi."),
        (
            "ms",
            "Menteri melawat kilang itu dan bercakap dengan pekerja, katanya beliau boleh bekerja semula kerana itu.",
        ),
    ] {
        assert_eq!(lang(text).as_deref(), Some(code), "{text}");
    }
}

#[test]
fn names_of_another_language_have_no_vote() {
    for text in [
        "LOS ANGELES (AP) -- Firefighters fought the blaze near Los Altos on Tuesday and said that it was out.",
        "Datuk Seri Haji Ahmad bin Haji Omar told the workers of the plant in Kuala Terengganu that it will not close.",
    ] {
        assert_eq!(lang(text).as_deref(), Some("en"), "{text}");
    }
}

#[test]
fn the_dateline_has_no_vote() {
    for (text, code) in [
        ("Lisboa, 14 mai 2025 (Lusa) – O porto reabriu na segunda-feira e não fecha mais, disse o ministro.", "pt"),
        ("Tunis, 14 mai (TAP) - Le président a reçu, mercredi, au palais, la cheffe du gouvernement.", "fr"),
    ] {
        let mut story = Story::new(text.to_owned());
        crate::enrich::enrich(&mut story);
        assert_eq!(story.lang.map(|l| l.value).as_deref(), Some(code), "{text}");
    }
    let mut story = Story::new("Lisboa, 14 mai 2025 (Lusa) – O Governo aprovou o orçamento.".to_owned());
    crate::enrich::enrich(&mut story);
    assert_ne!(story.lang.map(|l| l.value).as_deref(), Some("ro"));
}

#[test]
fn what_cannot_be_told_is_unknown() {
    assert_eq!(lang("12 345 678"), None);
    assert_eq!(lang("MAY 2515 15561 off 885 JNE 2742"), None);
    assert_eq!(lang(""), None);
    assert_eq!(lang("Real Madrid - FC Barcelona 2:1, Bayern München - Borussia Dortmund 3:3, Paris - Lyon 0:0"), None);
}

#[test]
fn a_flash_is_told_by_its_words_of_time_beside_its_own_words() {
    for (code, text) in [
        (Some("nl"), "DEN HAAG (ANP) - Mark Rutte reist maandag naar Berlijn."),
        (Some("en"), "SEOUL, Jan. 5 (UPI) -- North Korea fired a missile Friday."),
        // The city is no January.
        (None, "Río de Janeiro, 23 may (EFE).- Río de Janeiro."),
    ] {
        let mut story = Story::new(text.to_owned());
        crate::enrich::enrich(&mut story);
        assert_eq!(story.lang.as_ref().map(|l| l.value.as_str()), code, "{text}");
    }
}

#[test]
fn a_flash_is_told_by_what_its_agency_writes_in() {
    for (code, text) in [
        (Some("es"), "Madrid, 3 may (EFE).- Pedro Sánchez viajará mañana a Bruselas."),
        (Some("es"), "Miami, 23 may (EFE).- Un grupo de veintitrés pescadores llegó a la costa."),
        (Some("de"), "Wien (APA) - Bundeskanzler Karl Nehammer reist am Montag nach Brüssel."),
        (Some("it"), "(ANSA) - ROMA, 14 OTT - Giorgia Meloni incontra domani Emmanuel Macron."),
        (Some("pt"), "Lisboa, 03 mai 2024 (Lusa) - António Costa demitiu-se hoje."),
        (Some("fr"), "Dakar, 2 mai (APS) - Un navire chavire au large de Mbour: dix morts."),
        (Some("da"), "København (Ritzau) Mette Frederiksen rejser til Berlin mandag."),
        (Some("no"), "Oslo (NTB) Jonas Gahr Støre reiser til Berlin mandag."),
        (Some("hu"), "Budapest (MTI) - Orbán Viktor hétfőn Berlinbe utazik."),
        (Some("fi"), "HELSINKI (STT) - Presidentti Alexander Stubb matkustaa maanantaina Berliiniin."),
        (Some("id"), "Jakarta (ANTARA) - Presiden Joko Widodo bertolak ke Berlin pada Senin."),
        // Malay, whose letters look like Indonesian; Serbian, which has two scripts.
        (
            Some("ms"),
            "MELAKA, 13 Jan (Bernama) -- Ikatan Relawan Rakyat mensasarkan untuk menambah bilangan anggotanya.",
        ),
        (Some("sr"), "BEOGRAD, 12. marta (Tanjug) - Predsednik Vučić izjavio je u Nišu da neće uvesti sankcije."),
        // A second row of the table has its French name.
        (
            Some("fr"),
            "Beirut, 12 mars (ANI) - Le premier ministre Mikati a reçu au Sérail l'ambassadeur de France Magro.",
        ),
        // Names and figures say nothing, nor does a language that the agency does not write in.
        (None, "Paris, 3 mai (AFP) - Real Madrid - FC Barcelona 2:1."),
        (None, "London, 3 March (AFP) - Rishi Sunak rejser til Berlin mandag."),
        (None, "ВАШИНГТОН, 14 декабря. /ТАСС/. Демократ Джозеф Байден обошел действующего президента"),
    ] {
        let mut story = Story::new(text.to_owned());
        crate::enrich::enrich(&mut story);
        assert_eq!(story.lang.as_ref().map(|l| l.value.as_str()), code, "{text}");
    }
}

#[test]
fn small_words_that_neighbours_share_are_of_the_language_of_the_agency() {
    for (code, text) in [
        ("es", "LIMA (EFE).- Pedro Castillo y Dina Boluarte se reunieron en Arequipa y Trujillo. Ambos no hablaron."),
        (
            "es",
            "SEVILLA (EFE).- Manuel Ríos y Ana Gil viajaron a Madrid y a Toledo. Luego volvieron a Sevilla y a Cádiz.",
        ),
        (
            "da",
            "KØBENHAVN (Ritzau) - I fjor faldt han. I forgårs grinede han. Næste måned rejser han. På torsdag synger han.",
        ),
        ("no", "OSLO (NTB) - I fjor falt han. I forgårs lo han. Neste måned reiser han. For tre uker siden sang han."),
        ("sr", "BEOGRAD (Tanjug) - Aleksandar Vučić sastao se sa Miloradom Dodikom. Vučić je Dodiku rekao da dođe."),
        ("nl", "GRONINGEN (ANP) - Henk van der Grift is overleden. Van der Grift werd in 1961 kampioen."),
        (
            "ms",
            "ALOR SETAR (Bernama) -- Suami isteri mengaku tidak bersalah di Mahkamah Sesyen hari ini atas pertuduhan \
             menipu pelabur. Peguam yang mewakili mereka merayu jaminan dikurangkan. Hakim menetapkan 25 Sept untuk kes itu.",
        ),
        // What is of another language for sure is so, whoever sends it.
        (
            "cy",
            "CAERDYDD (PA) - Mae'r prif weinidog wedi dweud bod y llywodraeth yn barod i helpu. Meddai hefyd fod y \
             cyngor yn gweithio gyda'r heddlu, ac nid oedd neb mewn perygl yn y dref ar y pryd.",
        ),
        (
            "ca",
            "BARCELONA (EFE).- El president ha dit que la reunió amb els alcaldes també es farà a la seva seu, però no \
             ha dit quan. Els alcaldes han demanat més recursos per a les escoles del país.",
        ),
        (
            "sv",
            "OSLO (NTB) - Statsministern säger att det inte är för sent och att han har talat med den norska regeringen. \
             Enligt honom var det en bra dag, men inte för alla som är från Sverige.",
        ),
    ] {
        let mut story = Story::new(text.to_owned());
        crate::enrich::enrich(&mut story);
        assert_eq!(story.lang.as_ref().map(|l| l.value.as_str()), Some(code), "{text}");
    }
}
