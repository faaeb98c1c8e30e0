//! Mail that passes another on: the header within its text is that of the story, and who
//! passes it on has not filed it.

use crate::wire::draft::Draft;
use crate::wire::stamp;

/// Lines that stand above the header of what is passed on, without their strokes, in small
/// letters.
const MARKS: &[&str] = &[
    "forwarded message",
    "original message",
    "begin forwarded message:",
    "message transféré",
    "message d'origine",
    "message d’origine",
    "début du message transféré :",
    "début du message réexpédié :",
    "weitergeleitete nachricht",
    "ursprüngliche nachricht",
    "originalnachricht",
    "anfang der weitergeleiteten nachricht:",
    "mensaje reenviado",
    "mensaje original",
    "forwarded message from",
    "messaggio inoltrato",
    "messaggio originale",
    "mensagem encaminhada",
    "mensagem original",
    "doorgestuurd bericht",
    "oorspronkelijk bericht",
    "пересылаемое сообщение",
    "пересланное сообщение",
    "исходное сообщение",
    "رسالة معاد توجيهها",
    "转发的邮件",
    "原始邮件",
    "転送メッセージ",
];
/// Names of headers, in small letters, by what they say.
const HEADERS: &[(Header, &[&str])] = &[
    (Header::From, &["from", "de", "von", "da", "van", "от", "من", "发件人", "差出人", "fra", "från", "expéditeur"]),
    (
        Header::Date,
        &[
            "date",
            "sent",
            "envoyé",
            "gesendet",
            "datum",
            "fecha",
            "enviado",
            "data",
            "inviato",
            "enviada em",
            "verzonden",
            "дата",
            "отправлено",
            "التاريخ",
            "日期",
            "发送时间",
            "日付",
            "sendt",
            "skickat",
        ],
    ),
    (
        Header::Subject,
        &[
            "subject",
            "objet",
            "betreff",
            "asunto",
            "oggetto",
            "assunto",
            "onderwerp",
            "тема",
            "الموضوع",
            "主题",
            "件名",
            "emne",
            "ämne",
        ],
    ),
    (
        Header::Other,
        &["to", "à", "an", "para", "a", "aan", "кому", "إلى", "收件人", "宛先", "cc", "kopie", "reply-to", "til"],
    ),
];
/// Lines of a header.
const HEADER_LINES_MAX: usize = 16;
/// Bytes above the mark that are looked at: behind longer copy it is a mail that was answered.
const BEFORE_BYTES_MAX: usize = 2_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Header {
    From,
    Date,
    Subject,
    Other,
}

/// What a mail passes on.
#[derive(Clone, Debug)]
pub(super) struct Forwarded<'a> {
    headers: Vec<(Header, &'a str)>,
    /// What who passes it on says.
    pub(super) before: &'a str,
    /// The copy below the header.
    pub(super) copy: &'a str,
}

/// Takes the signs of a quotation off what is passed on, where it is quoted; what stands unquoted
/// behind it is by who passes it on.
pub(super) fn unquoted(copy: &str) -> (String, String) {
    let is_quoted = |line: &&str| line.starts_with('>');
    let filled = || copy.lines().filter(|l| !l.trim().is_empty());
    if !filled().next().is_some_and(|l| is_quoted(&l)) {
        return (copy.to_owned(), String::new());
    }
    let last = copy.lines().collect::<Vec<_>>().iter().rposition(is_quoted).unwrap_or(0);
    let bare = |line: &str| {
        let rest = line.strip_prefix('>').unwrap_or(line);
        rest.strip_prefix(' ').unwrap_or(rest).to_owned()
    };
    let inner: Vec<String> = copy.lines().take(last + 1).map(bare).collect();
    let behind: Vec<&str> = copy.lines().skip(last + 1).collect();
    (inner.join("\n").trim().to_owned(), behind.join("\n").trim().to_owned())
}

/// Finds what a text passes on.
pub(super) fn find(text: &str) -> Option<Forwarded<'_>> {
    let mut at = 0;
    let mut found = None;
    for line in text.split_inclusive('\n') {
        if at > BEFORE_BYTES_MAX {
            return None;
        }
        let start = at;
        at += line.len();
        if is_mark(line) {
            found = Some((start, at));
            break;
        }
    }
    let (start, mut at) = found?;
    let mut headers: Vec<(Header, &str)> = Vec::new();
    for line in text[at..].split_inclusive('\n').take(HEADER_LINES_MAX) {
        let bare = line.trim().trim_start_matches('>').trim().trim_matches('*');
        match header(bare) {
            Some(read) => headers.push(read),
            // Some leave a line blank before the header; one behind it ends it.
            None if bare.is_empty() && headers.is_empty() => {}
            None if bare.is_empty() => break,
            // An address that was broken into a second line.
            None if !headers.is_empty() && (bare.contains('@') || line.starts_with([' ', '\t'])) => {}
            None => break,
        }
        at += line.len();
    }
    let told = headers.iter().filter(|(h, _)| *h != Header::Other).count();
    let copy = text[at..].trim();
    (told >= 2 && copy.chars().any(char::is_alphanumeric)).then(|| Forwarded {
        headers,
        before: text[..start].trim(),
        copy,
    })
}

fn is_mark(line: &str) -> bool {
    let bare = line.trim().trim_matches(|c: char| matches!(c, '-' | '=' | '_' | '>' | ' ' | '*')).to_lowercase();
    let marked = line.trim_start().starts_with("--") || bare.ends_with(':');
    marked && MARKS.contains(&bare.as_str())
}

fn header(line: &str) -> Option<(Header, &str)> {
    let (name, value) = line.split_once(':').or_else(|| line.split_once('：'))?;
    let name = name.trim().trim_matches('*').to_lowercase();
    let kind = HEADERS.iter().find(|(_, names)| names.contains(&name.as_str()))?.0;
    Some((kind, value.trim().trim_start_matches('*').trim()))
}

impl Forwarded<'_> {
    /// Gives the fields of its header to a draft.
    pub(super) fn fields(&self, draft: &mut Draft) {
        let of = |kind: Header| self.headers.iter().find(|(h, v)| *h == kind && !v.is_empty()).map(|(_, v)| *v);
        if let Some(subject) = of(Header::Subject) {
            draft.headline(subject, "Subject of what is passed on");
        }
        if let Some(from) = of(Header::From) {
            let (name, address) = from.split_once(['<', '[']).unwrap_or((from, ""));
            let name = name.trim().trim_matches('"').trim();
            let domain = address.rsplit_once('@').map_or("", |(_, d)| d).trim_matches(['>', ']', ' ']);
            let field = "From of what is passed on";
            if !draft.agency(name, field) && !draft.agency(domain, field) && !name.contains('@') {
                draft.byline(name, field);
            }
        }
        if let Some(date) = of(Header::Date).filter(|d| stamp::moment(d).is_some()) {
            draft.time(date, "Date of what is passed on", true);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn what_is_passed_on_has_its_own_header() {
        for (mark, from, date, subject) in [
            (
                "---------- Forwarded message ---------",
                "From: Reuters <a@reuters.com>",
                "Date: Mon, 3 May 2021 at 09:00",
                "Subject: Bridge",
            ),
            ("-----Original Message-----", "From: Anna", "Sent: Monday, May 3, 2021 9:00 AM", "Subject: Bridge"),
            ("Begin forwarded message:\n", "From: Anna", "Date: May 3, 2021 at 9:00:00 AM GMT", "Subject: Bridge"),
            (
                "-------- Message transféré --------",
                "De : AFP <a@afp.com>",
                "Date : lun. 3 mai 2021 à 09:00",
                "Objet : Bridge",
            ),
            ("-----Ursprüngliche Nachricht-----", "Von: dpa", "Gesendet: Montag, 3. Mai 2021 09:00", "Betreff: Bridge"),
        ] {
            let text =
                format!("FYI\n\n{mark}\n{from}\n{date}\n{subject}\nTo: me\n\nLOM, May 3 (Reuters) - It is open.\n");
            let found = find(&text).unwrap_or_else(|| panic!("{mark}"));
            assert_eq!((found.before, found.copy), ("FYI", "LOM, May 3 (Reuters) - It is open."), "{mark}");
            let mut draft = crate::wire::draft::Draft::new("mail");
            found.fields(&mut draft);
            assert_eq!(draft.story.headline.as_ref().map(|h| h.value.as_str()), Some("Bridge"), "{mark}");
            assert_eq!(draft.story.filed.value.map(|m| m.day.to_string()).as_deref(), Some("2021-05-03"), "{mark}");
        }
    }

    #[test]
    fn copy_that_speaks_of_messages_passes_nothing_on() {
        for text in ["The original message\nsaid: no.", "--- forwarded message ---\nno header here\n", "-- \nAnna"] {
            assert!(find(text).is_none(), "{text}");
        }
    }
}
