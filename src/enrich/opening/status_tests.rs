//! What flags, notices and lines say of a story's status: withdrawn, held back, sent before.

use super::tests::story;
use crate::story::Status;

#[test]
fn status_from_flags() {
    for (text, status) in [
        ("CORRECTION\n\nOSLO, May 3 (AFP) - Text.", Status::Correction),
        ("RECTIFICATIF: le pont\n\nPARIS (AFP) - Le pont.", Status::Correction),
        ("КОРРЕКТИРОВКА\n\nТОМСК, 8 мая. /ТАСС/. Снег.", Status::Correction),
        ("KILL\n\nOSLO, May 3 (AFP) - Text.", Status::Kill),
        ("(KILL)\nOSLO, May 3 (AFP) - Text.", Status::Kill),
        ("ANNULE\n\nPARIS (AFP) - Le pont.", Status::Kill),
        ("WITHHOLD\n\nOSLO, May 3 (AFP) - Text.", Status::Withheld),
        ("UPDATE 2-Bridge opens\n\nOSLO, May 3 (Reuters) - Text.", Status::Update),
        ("EMBARGOED UNTIL 0600 GMT MAY 4\n\nOSLO, May 3 (AFP) - Text.", Status::Embargoed),
        ("SOUS EMBARGO JUSQU'A MERCREDI 12H00 GMT\n\nPARIS (AFP) - Le pont.", Status::Embargoed),
        ("Sperrfrist: 10. Januar 2025, 12.00 Uhr\n\nBrücke\n\nKiel (dpa) - Die Brücke.", Status::Embargoed),
        ("EMBARGO HASTA LAS 12:00 DEL LUNES\n\nSevilla, 9 mar (EFE).- El puente.", Status::Embargoed),
        ("SOTTO EMBARGO FINO ALLE 12\n\n(ANSA) - TORINO, 3 MAG - Il ponte.", Status::Embargoed),
        ("SOB EMBARGO ATÉ 12H00\n\nBraga, 4 out 2019 (Lusa) - A ponte.", Status::Embargoed),
        ("ПОД ЭМБАРГО ДО 12:00\n\nТОМСК, 8 мая. /ТАСС/. Снег.", Status::Embargoed),
        ("حظر النشر حتى الساعة 12\n\nحلب 3 آذار (سانا) - افتتح السوق.", Status::Embargoed),
        ("ANULACIÓN\n\nSevilla, 9 mar (EFE).- El puente.", Status::Kill),
        ("ANULAR\n\nSevilla, 9 mar (EFE).- El puente.", Status::Kill),
        ("Annulation\n\nPARIS (AFP) - Le pont.", Status::Kill),
        ("АННУЛИРОВАНИЕ\n\nТОМСК, 8 мая. /ТАСС/. Снег.", Status::Kill),
        ("إلغاء\n\nحلب 3 آذار (سانا) - افتتح السوق.", Status::Kill),
        ("CORRECTIF\n\nPARIS (AFP) - Le pont.", Status::Correction),
        ("Korrektur: Brücke\n\nKiel (dpa) - Die Brücke.", Status::Correction),
        ("BERICHTIGUNG\n\nKiel (dpa) - Die Brücke.", Status::Correction),
        ("FE DE ERRATAS\n\nSevilla, 9 mar (EFE).- El puente.", Status::Correction),
        ("ERRATA\n\nBraga, 4 out 2019 (Lusa) - A ponte.", Status::Correction),
        ("تصحيح\n\nحلب 3 آذار (سانا) - افتتح السوق.", Status::Correction),
        ("Annulation du match\n\nPARIS (AFP) - Le match.", Status::Usable),
        ("إلغاء الرحلات إلى حلب\n\nحلب 3 آذار (سانا) - افتتح السوق.", Status::Usable),
        ("حظر التجول في حلب\n\nحلب 3 آذار (سانا) - افتتح السوق.", Status::Usable),
        ("Sous le pont, la plage\n\nPARIS (AFP) - Le pont.", Status::Usable),
        ("URGENT\n\nOSLO, May 3 (AFP) - Text.", Status::Usable),
        ("Kill Bill - le film rouvre\n\nPARIS (AFP) - Le film.", Status::Usable),
        ("Embargo on grain lifted\n\nPARIS (AFP) - Le blé.", Status::Usable),
    ] {
        let story = story(text);
        assert_eq!(story.status.value, status, "{text}");
        assert_eq!(story.status.evidence.is_empty(), status == Status::Usable, "{text}");
        assert!(story.dateline.is_some(), "{text}");
        let first = text.lines().next();
        let is_flag = matches!(status, Status::Kill | Status::Embargoed);
        assert!(!is_flag || story.headline.as_ref().map(|h| h.value.as_str()) != first, "{text}");
    }
}

#[test]
fn lines_that_take_a_story_back_or_hold_it() {
    let below = "OTTAWA, May 3, 2021 (Reuters) - The harbour was opened again.";
    for (line, status) in [
        ("MANDATORY KILL - Harbour", Status::Kill),
        ("ADVISORY: Please disregard our earlier story on the harbour", Status::Kill),
        ("AFP ANNULE sa dépêche intitulée \"Le port\", diffusée par erreur.", Status::Kill),
        ("ANNULATION. La dépêche sur le port est annulée.", Status::Kill),
        ("Bitte Meldung dpa0123 nicht verwenden", Status::Kill),
        ("ATENÇÃO: anule-se a notícia \"O porto\".", Status::Kill),
        ("ВНИМАНИЕ! Сообщение \"Порт открыт\" аннулируется.", Status::Kill),
        ("УВАГА! Повідомлення анульовано.", Status::Kill),
        ("UWAGA! Depesza anulowana", Status::Kill),
        ("İPTAL - Liman açıldı başlıklı haberimiz iptal edilmiştir", Status::Kill),
        ("【全文取消】港口重新开放", Status::Kill),
        ("【記事取り消し】港が再開", Status::Kill),
        ("<전문취소> 항구 재개장", Status::Kill),
        ("[전문취소] 항구 재개장", Status::Kill),
        ("لطفا خبر زیر را منتشر نکنید", Status::Kill),
        ("ATTENTION EDITORS - The story 'Harbour' is WITHDRAWN. No substitute story will be issued.", Status::Kill),
        ("+++ Achtung: Die Meldung \"Hafen öffnet\" wird zurückgezogen +++", Status::Kill),
        ("WITHDRAWN: Harbour opens", Status::Kill),
        ("(STORY WITHDRAWN) Harbour opens", Status::Kill),
        ("(исправлено) Порт открыт", Status::Correction),
        ("Correction: in the third paragraph the name is Roe", Status::Correction),
        ("Correction: the market fell in what traders call a correction", Status::Usable),
        ("Embargoed to 0001 Friday May 16", Status::Embargoed),
        ("HOLD UNTIL FRIDAY 0600 GMT", Status::Embargoed),
        ("Not for release before 6 a.m. on Friday", Status::Embargoed),
        ("For release 10 a.m. ET, Friday, May 16, 2025", Status::Embargoed),
        ("Не публиковать до 16 мая", Status::Embargoed),
        ("【エンバーゴ 5月16日午前6時】", Status::Embargoed),
        ("(엠바고: 5월 16일 오전 6시)", Status::Embargoed),
        ("Kill them all, said the general: a trial opens", Status::Usable),
        ("Annulation du festival de Lyon", Status::Usable),
        ("EMBARGO ON OIL: EU VOTES", Status::Usable),
        ("EMBARGO SUR LES ARMES EN LIBYE", Status::Usable),
        ("EMBARGO CONTRA CUBA", Status::Usable),
        ("EMBARGO ON THIS STORY UNTIL 12 MAY", Status::Embargoed),
        ("EMBARGO FOR MONDAY PAPERS", Status::Embargoed),
        ("EMBARGO OVER TUESDAY NIGHT", Status::Embargoed),
        ("For release of hostages, families wait in Oslo", Status::Usable),
        ("取消关税：中美达成协议", Status::Usable),
    ] {
        let story = story(&format!("{line}\n\n{below}"));
        assert_eq!(story.status.value, status, "{line}");
    }
}

#[test]
fn what_says_that_the_story_was_sent_before_is_an_update() {
    for (line, headline) in [
        ("(LEAD 2) Harbour opens", "Harbour opens"),
        ("(LEAD) Harbour opens", "Harbour opens"),
        ("(2nd LD) Harbour opens", "Harbour opens"),
        ("(종합2보) 항구 재개장", "항구 재개장"),
        ("MISE A JOUR - Le port rouvre", "Le port rouvre"),
        ("MISE À JOUR: Le port rouvre", "Le port rouvre"),
        ("Mise à jour : Le port rouvre", "Le port rouvre"),
        ("ANNULE ET REMPLACE - Le port rouvre", "Le port rouvre"),
        ("Harbour opens (Update)", "Harbour opens"),
        ("Le port rouvre (mise à jour)", "Le port rouvre"),
        ("UPDATE 1-Harbour opens", "Harbour opens"),
        ("RPT-UPDATE 2-Harbour opens", "Harbour opens"),
        ("UPDATE1: Harbour opens", "Harbour opens"),
        ("REFILE-Harbour opens", "Harbour opens"),
        ("AKTUALISIERUNG: Der Hafen öffnet", "Der Hafen öffnet"),
        ("Aktualisierung: Der Hafen öffnet", "Der Hafen öffnet"),
        ("ACTUALIZACIÓN - El puerto reabre", "El puerto reabre"),
        ("ATUALIZAÇÃO: O porto reabre", "O porto reabre"),
        ("AGGIORNAMENTO - Il porto riapre", "Il porto riapre"),
        ("ОБНОВЛЕНО: Порт открыт", "Порт открыт"),
        ("1st Ld-Writethru, Harbour opens", "Harbour opens"),
        ("2nd Ld, Harbour opens", "Harbour opens"),
        ("2nd LEAD - Harbour opens", "Harbour opens"),
    ] {
        let story = story(&format!("{line}\n\nOSLO, May 3, 2021 (AFP) - The harbour opened."));
        assert_eq!(story.status.value, Status::Update, "{line}");
        assert_eq!(story.headline.as_ref().map(|h| h.value.as_str()), Some(headline), "{line}");
    }
    for line in [
        "Lead 2 miners to safety, court told",
        "Update of the tax code planned",
        "RPT-Harbour opens",
        "Lead poisoning: a port closes",
        "Updated map shows harbour",
        "1st Add, Harbour opens",
        "تحديث نظام التعليم في مصر",
        "更新世的化石在奥斯陆出土",
        "Refiled charges: a port closes",
        "3rd Street: the harbour opens",
        "Harbour opens (up 3 percent)",
    ] {
        let story = story(&format!("{line}\n\nOSLO, May 3, 2021 (AFP) - The harbour opened."));
        assert_eq!(story.status.value, Status::Usable, "{line}");
    }
    let replaced = story("ATTENTION - ANNULE ET REMPLACE\n\nPARIS, 3 mars 2023 (AFP) - Le port.");
    assert_eq!((replaced.status.value, replaced.headline), (Status::Update, None));
}
