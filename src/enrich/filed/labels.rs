//! Words that say what a date near the top of a story is.

/// What a label says of the date behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// The story was filed, sent or published then.
    Published,
    /// It was changed then.
    Updated,
    /// Somebody received or printed it then.
    Received,
}

/// Folded labels with what they say; of labels at one place the longest counts.
const LABELS: &[(Label, &[&str])] = &[
    (
        Label::Published,
        &[
            "publie",
            "publie le",
            "publiee le",
            "mis en ligne",
            "mise en ligne",
            "paru le",
            "parution",
            "date de publication",
            "transmis le",
            "diffuse le",
            "envoye",
            "envoye le",
            "emis le",
            "cree le",
            "date",
            "published",
            "first published",
            "originally published",
            "publication date",
            "pub date",
            "posted",
            "posted on",
            "released",
            "release date",
            "issued",
            "issued on",
            "story published",
            "article published",
            "story posted",
            "filed",
            "sent",
            "transmitted",
            "created",
            "date sent",
            "dispatched",
            "опубликовано",
            "дата публикации",
            "опубликован",
            "отправлено",
            "дата",
            "передано",
            "создано",
            "опубліковано",
            "надіслано",
            "дата публікації",
            "публикувано",
            "објављено",
            "објавено",
            "publicado",
            "publicado el",
            "publicada",
            "fecha de publicacion",
            "fecha",
            "enviado",
            "enviado el",
            "emitido",
            "data de publicacao",
            "publicado em",
            "enviado em",
            "data",
            "veroffentlicht",
            "veroffentlicht am",
            "erschienen",
            "erschienen am",
            "gesendet",
            "gesendet am",
            "stand",
            "datum",
            "pubblicato",
            "pubblicato il",
            "pubblicata il",
            "inviato",
            "inviato il",
            "data di pubblicazione",
            "gepubliceerd",
            "gepubliceerd op",
            "geplaatst",
            "verzonden",
            "opublikowano",
            "data publikacji",
            "wyslano",
            "dodano",
            "publikovano",
            "vydano",
            "zverejnene",
            "publikovane",
            "publicat",
            "publicat la",
            "data publicarii",
            "yayinlanma",
            "yayinlanma tarihi",
            "yayim tarihi",
            "yayin tarihi",
            "giris tarihi",
            "tarih",
            "olusturulma tarihi",
            "نشر",
            "نشر في",
            "تاريخ النشر",
            "تاريخ",
            "تم النشر",
            "ارسلت",
            "تاریخ انتشار",
            "تاريخ انتشار",
            "زمان انتشار",
            "انتشار",
            "تاریخ",
            "发布时间",
            "發布時間",
            "发表时间",
            "发布于",
            "發佈時間",
            "时间",
            "日期",
            "发稿时间",
            "發稿時間",
            "公開日",
            "公開",
            "配信",
            "配信日時",
            "掲載日",
            "投稿日",
            "入力",
            "입력",
            "등록",
            "송고",
            "editor",
            "责任编辑",
            "게시",
            "작성",
            "기사입력",
            "publisert",
            "publicerad",
            "offentliggjort",
            "udgivet",
            "sendt",
            "julkaistu",
            "objavljeno",
            "megjelent",
            "kozzeteve",
            "δημοσιευση",
            "δημοσιευτηκε",
            "ημερομηνια",
            "प्रकाशित",
            "diterbitkan",
            "dipublikasikan",
            "tanggal",
            "tarikh",
            "ngay dang",
            "dang luc",
            "ngay",
            "פורסם",
            "תאריך",
            "เผยแพร่",
            "วันที่",
        ],
    ),
    (
        Label::Updated,
        &[
            "mis a jour",
            "mis a jour le",
            "mise a jour",
            "modifie",
            "modifie le",
            "actualise",
            "corrige le",
            "maj",
            "updated",
            "last updated",
            "update",
            "modified",
            "last modified",
            "revised",
            "corrected",
            "обновлено",
            "изменено",
            "оновлено",
            "actualizado",
            "ultima actualizacion",
            "atualizado",
            "atualizado em",
            "aktualisiert",
            "aktualisiert am",
            "zuletzt aktualisiert",
            "aggiornato",
            "aggiornato il",
            "ultimo aggiornamento",
            "bijgewerkt",
            "laatst bijgewerkt",
            "zaktualizowano",
            "aktualizacja",
            "aktualizovano",
            "actualizat",
            "guncelleme",
            "guncellenme tarihi",
            "son guncelleme",
            "تحديث",
            "اخر تحديث",
            "به روز رساني",
            "更新时间",
            "更新時間",
            "更新",
            "最終更新",
            "수정",
            "최종수정",
            "oppdatert",
            "uppdaterad",
            "opdateret",
            "paivitetty",
            "azurirano",
            "frissitve",
            "ενημερωση",
            "diperbarui",
            "cap nhat",
            "עודכן",
        ],
    ),
    (
        Label::Received,
        &[
            "recu",
            "recu le",
            "consulte le",
            "consulte",
            "imprime le",
            "telecharge le",
            "archive le",
            "received",
            "retrieved",
            "accessed",
            "downloaded",
            "printed",
            "archived",
            "fetched",
            "saved",
            "получено",
            "отримано",
            "recibido",
            "recibido el",
            "consultado el",
            "recebido",
            "recebido em",
            "empfangen",
            "abgerufen am",
            "eingegangen",
            "ricevuto",
            "ricevuto il",
            "ontvangen",
            "otrzymano",
            "alindi",
            "استلمت",
            "دريافت",
            "接收时间",
            "收到",
            "受信",
            "수신",
        ],
    ),
];

/// Returns the label that `folded`, the text before a date, ends with: one that begins the
/// line or stands behind a mark, with no more than a few short words behind it.
pub(super) fn before(folded: &str) -> Option<Label> {
    let mut best: Option<(usize, usize, Label)> = None;
    // Where a label may stand: hardly ever at more than two or three places.
    let mut openings: Vec<usize> = Vec::new();
    let mut open = true;
    for (at, c) in folded.char_indices() {
        if open && !c.is_whitespace() {
            openings.push(at);
        }
        open = !c.is_alphanumeric() && (open || !c.is_whitespace());
    }
    let mut begins = [false; 256];
    openings.iter().for_each(|at| begins[usize::from(folded.as_bytes()[*at])] = true);
    for (label, words) in LABELS {
        for word in *words {
            if word.as_bytes().first().is_none_or(|first| !begins[usize::from(*first)]) {
                continue;
            }
            let Some(&at) = openings.iter().rev().find(|at| folded[**at..].starts_with(word)) else { continue };
            // The same word again, nearer to the date, in copy: then it is no label.
            if folded[at + word.len()..].contains(word) {
                continue;
            }
            let tail = &folded[at + word.len()..];
            let ends = !tail.starts_with(char::is_alphabetic);
            // "Date" and the like are labels only before a colon.
            let short = matches!(
                *word,
                "date"
                    | "data"
                    | "datum"
                    | "дата"
                    | "fecha"
                    | "tarih"
                    | "tanggal"
                    | "tarikh"
                    | "ngay"
                    | "filed"
                    | "issued"
                    | "stand"
                    | "sent"
                    | "envoye"
                    | "created"
                    | "released"
                    | "update"
                    | "时间"
                    | "日期"
                    | "تاريخ"
                    | "تاریخ"
                    | "dodano"
                    | "editor"
            );
            let colon = tail.trim_start().starts_with([':', '：']);
            if ends && (!short || colon) && tail.chars().count() <= TAIL_CHARS_MAX {
                let better =
                    best.is_none_or(|(b, length, _)| at + word.len() > b + length || (at <= b && word.len() > length));
                if better {
                    best = Some((at, word.len(), *label));
                }
            }
        }
    }
    best.map(|(_, _, label)| label)
}

/// Between a label and its date stand a weekday, a time, a zone at most.
const TAIL_CHARS_MAX: usize = 40;

#[cfg(test)]
mod tests {
    use super::{Label, before};

    #[test]
    fn labels_open_a_line_or_stand_behind_a_mark() {
        for (text, expected) in [
            ("publie le dimanche ", Some(Label::Published)),
            ("mis a jour le ", Some(Label::Updated)),
            (" a 9h12 - publie le ", Some(Label::Published)),
            ("; first published ", Some(Label::Published)),
            ("updated 0915 gmt ", Some(Label::Updated)),
            ("recu le ", Some(Label::Received)),
            ("le rapport publie le ", None),
            ("date ", None),
            ("date: ", Some(Label::Published)),
            ("the ", None),
        ] {
            assert_eq!(before(text), expected, "{text:?}");
        }
    }
}
