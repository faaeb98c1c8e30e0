//! Bytes to text: mark, strict UTF-8, then the likeliest of the legacy encodings.

use super::wide::utf16_without_mark;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};
use std::borrow::Cow;

/// The upper half of code page 850, which MS-DOS wrote in western Europe and which the
/// standard of the web, and so `encoding_rs`, leaves out.
const CP850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{AD}±‗¾¶§÷¸°¨·¹³²■\u{A0}";

/// Letters of KOI8-U that KOI8-R has not; text without any of them is the same in both, and the
/// guess always calls it the larger set's.
const KOI8_U_ALONE: [u8; 10] = [0xA4, 0xA6, 0xA7, 0xAD, 0xAE, 0xB4, 0xB6, 0xB7, 0xBD, 0xBE];

/// How many bytes the guess looks at: enough for any script, little for any file.
const GUESS_BYTES_MAX: usize = 64 * 1024;

/// A decoded text.
#[derive(Debug)]
pub struct Decoded<'a> {
    /// The text, without a byte order mark.
    pub text: Cow<'a, str>,
    /// WHATWG label of the encoding, lower case.
    pub encoding: String,
    /// Number of bytes sequences that fit no character and were replaced by U+FFFD.
    pub replaced: usize,
    /// Whether the encoding was guessed from the bytes.
    pub guessed: bool,
}

/// Decodes `bytes`: a byte order mark decides, then strict UTF-8, then UTF-16 without a
/// mark, then the guess among legacy encodings.
///
/// ```
/// let d = dateline::wire::decode::decode(b"pr\xE9sident \xE0 la t\xE9l\xE9vision");
/// assert_eq!(d.text, "président à la télévision");
/// assert!(d.guessed);
/// ```
#[must_use]
pub fn decode(bytes: &[u8]) -> Decoded<'_> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return with(encoding, &bytes[mark..], false);
    }
    // Latin text in UTF-16 is valid UTF-8 with zeros in it.
    if bytes.iter().take(64).any(|b| *b == 0)
        && let Some(encoding) = utf16_without_mark(bytes)
    {
        return with(encoding, bytes, true);
    }
    match std::str::from_utf8(bytes) {
        Ok(_) if is_escaped(bytes) => return with(encoding_rs::ISO_2022_JP, bytes, true),
        Ok(text) => {
            return Decoded { text: Cow::Borrowed(text), encoding: "utf-8".into(), replaced: 0, guessed: false };
        }
        // Damaged UTF-8 is still UTF-8 where most of its longer sequences are whole, or where
        // they make words and would make none in the encoding of Windows.
        Err(_) if is_mostly_utf8(bytes) || is_utf8_by_its_words(bytes) => return with(UTF_8, bytes, true),
        Err(_) => {}
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return with(encoding, bytes, true);
    }
    if let Some(older) = older(bytes) {
        return older;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(&bytes[..bytes.len().min(GUESS_BYTES_MAX)], true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    let is_russian = guess == encoding_rs::KOI8_U && !bytes.iter().any(|b| KOI8_U_ALONE.contains(b));
    with(if is_russian { encoding_rs::KOI8_R } else { guess }, bytes, true)
}

/// Decodes `bytes` that name their encoding: a byte order mark decides, then UTF-8 where
/// it fits and says something, then the declared encoding where every byte fits it, then
/// [`decode`]. Returns with the text whether the declaration was false.
#[must_use]
pub fn decode_declared<'a>(bytes: &'a [u8], label: Option<&str>) -> (Decoded<'a>, bool) {
    let declared = label.and_then(|l| Encoding::for_label(l.trim().as_bytes()));
    let Some(declared) = declared else { return (decode(bytes), false) };
    if Encoding::for_bom(bytes).is_some() || utf16_without_mark(bytes).is_some() {
        return (decode(bytes), false);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        // Of a declared 8-bit encoding, longer sequences that are whole UTF-8 are proof
        // that the declaration is false; escape sequences of ISO-2022 are ASCII bytes.
        let escapes = declared == encoding_rs::ISO_2022_JP && memchr::memchr(0x1B, bytes).is_some();
        if !escapes {
            let is_false = declared != UTF_8 && !text.is_ascii();
            let decoded = Decoded { text: Cow::Borrowed(text), encoding: "utf-8".into(), replaced: 0, guessed: false };
            return (decoded, is_false);
        }
    }
    match declared.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) if declared != UTF_8 => {
            let encoding = declared.name().to_ascii_lowercase();
            (Decoded { text, encoding, replaced: 0, guessed: false }, false)
        }
        _ if declared != UTF_8 && !is_mostly_utf8(bytes) => {
            // A byte or two that do not fit are damage; many are another encoding.
            let there = with(declared, bytes, false);
            if there.replaced * 200 <= there.text.chars().count() { (there, false) } else { (decode(bytes), true) }
        }
        _ => (decode(bytes), true),
    }
}

fn with<'a>(encoding: &'static Encoding, bytes: &'a [u8], guessed: bool) -> Decoded<'a> {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    let replaced = if had_errors { text.matches('\u{FFFD}').count() } else { 0 };
    Decoded { text, encoding: encoding.name().to_ascii_lowercase(), replaced, guessed }
}

/// Tells whether ASCII has the escapes of ISO-2022-JP: into two bytes a letter, and back.
fn is_escaped(bytes: &[u8]) -> bool {
    let begins = |b: &[u8]| matches!(b, [b'$', b'B' | b'@', ..] | [b'(', b'J' | b'I', ..]);
    let escapes = || memchr::memchr_iter(0x1B, bytes).map(|i| &bytes[i + 1..]);
    escapes().next().is_some_and(|first| {
        begins(first)
            && escapes().all(|e| begins(e) || e.starts_with(b"(B"))
            && bytes.is_ascii()
            && encoding_rs::ISO_2022_JP.decode_without_bom_handling_and_without_replacement(bytes).is_some()
    })
}

/// Reads text of Mac OS or MS-DOS in western Europe, where it looks like words so and does
/// not as Windows wrote it. A few letters decide nothing.
fn older(bytes: &[u8]) -> Option<Decoded<'static>> {
    /// Letters beyond ASCII that are looked at, and the fewest that decide.
    const LETTERS_MAX: usize = 2_000;
    const LETTERS_MIN: usize = 3;
    let sample = &bytes[..bytes.len().min(GUESS_BYTES_MAX)];
    // Windows has signs at these, and letters of a few languages; the others é, è, à, ó.
    let likely = sample.iter().filter(|b| matches!(b, 0x82..=0xA5)).count();
    let high = sample.iter().filter(|b| **b >= 0x80).count();
    // In copy of Latin letters few are beyond ASCII; in other scripts most are.
    if likely < LETTERS_MIN || likely * 3 < high || high * 4 > sample.len() {
        return None;
    }
    let windows = encoding_rs::WINDOWS_1252.decode_without_bom_handling(sample).0;
    let mac = encoding_rs::MACINTOSH.decode_without_bom_handling(sample).0;
    let dos = dos(sample);
    let score = |text: &str| plausible(text, LETTERS_MAX);
    let (of_windows, of_mac, of_dos) = (score(&windows), score(&mac), score(&dos));
    let best = of_mac.max(of_dos);
    // Nearly all fit one and no more than half the other.
    if best < 0.9 || of_windows > 0.5 {
        return None;
    }
    let (text, label) = match of_mac >= of_dos {
        true => (encoding_rs::MACINTOSH.decode_without_bom_handling(bytes).0.into_owned(), "macintosh"),
        false => (self::dos(bytes), "cp850"),
    };
    Some(Decoded { text: Cow::Owned(text), encoding: label.to_owned(), replaced: 0, guessed: true })
}

fn dos(bytes: &[u8]) -> String {
    let upper: Vec<char> = CP850.chars().collect();
    bytes
        .iter()
        .map(|b| match b {
            0..0x80 => char::from(*b),
            _ => upper.get(usize::from(*b - 0x80)).copied().unwrap_or(char::REPLACEMENT_CHARACTER),
        })
        .collect()
}

/// The share of letters and signs beyond ASCII that stand where such stand in words of Latin
/// letters: a small letter beside letters, a capital where a word begins, quotes around words.
fn plausible(text: &str, most: usize) -> f64 {
    let (mut good, mut all) = (0u32, 0u32);
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let behind = chars.peek().copied().unwrap_or(' ');
        if !c.is_ascii() {
            all += 1;
            let beside = before.is_alphabetic() || behind.is_alphabetic();
            let fits = match c {
                _ if c.is_lowercase() => beside || (before == ' ' && behind == ' '),
                _ if before.is_uppercase() && c.is_uppercase() => !behind.is_lowercase(),
                _ if c.is_uppercase() => !before.is_alphabetic() && behind.is_alphabetic(),
                '’' | '‘' => beside,
                '“' | '„' | '«' => !before.is_alphanumeric(),
                '”' | '»' => !behind.is_alphanumeric(),
                '\u{A0}' | '–' | '—' | '…' => !(before.is_alphabetic() && behind.is_alphabetic()),
                '°' | '€' | '£' | '§' | '•' => !(before.is_alphabetic() && behind.is_alphabetic()),
                _ => false,
            };
            good += u32::from(fits);
            if all as usize >= most {
                break;
            }
        }
        before = c;
    }
    f64::from(good) / f64::from(all.max(1))
}

/// Tells whether invalid UTF-8 holds at least four whole sequences for each broken one. One that
/// the end cuts off is not broken, if there is another.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken, mut seen) = (0usize, 0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        seen += chunk.valid().len() + chunk.invalid().len();
        let is_cut = || {
            let needed = std::str::from_utf8(chunk.invalid()).is_err_and(|e| e.error_len().is_none());
            needed && seen == bytes.len() && whole > 0
        };
        broken += usize::from(!chunk.invalid().is_empty() && !is_cut());
    }
    whole >= 4 * broken
}

/// Tells whether invalid UTF-8 of mostly Latin letters is that all the same: whole sequences
/// are letters within words, and read as Windows wrote, the same bytes are no words at all.
fn is_utf8_by_its_words(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(GUESS_BYTES_MAX)];
    let high = count(sample, |b| b >= 0x80);
    if high * 4 > sample.len() {
        return false;
    }
    let (mut letters, mut all, mut broken) = (0usize, 0usize, 0usize);
    let mut before = ' ';
    let mut windows = String::new();
    for chunk in sample.utf8_chunks() {
        let mut chars = chunk.valid().chars().peekable();
        while let Some(c) = chars.next() {
            let behind = chars.peek().copied().unwrap_or(' ');
            if !c.is_ascii() {
                all += 1;
                let in_word = before.is_ascii_alphabetic() || behind.is_ascii_alphabetic();
                let alone = before.is_whitespace() && behind.is_whitespace();
                letters += usize::from(matches!(c, 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ÿ') && (in_word || alone));
                let mut four = [0; 4];
                windows.push(before);
                windows +=
                    &encoding_rs::WINDOWS_1252.decode_without_bom_handling(c.encode_utf8(&mut four).as_bytes()).0;
                windows.push(behind);
            }
            before = c;
        }
        before = '\u{FFFD}';
        broken += usize::from(!chunk.invalid().is_empty());
    }
    // Where far more is broken, the letters of another encoding are the copy.
    all > 0 && letters == all && broken <= 4 * all && plausible(&windows, usize::MAX) <= 0.5
}

/// How many bytes are looked at to tell text from what is none.
const SAMPLE_BYTES: usize = 8192;

/// Tells whether bytes are no text in any encoding: control characters that no wire
/// sends, in number. Wire copy does hold some (SOH, STX, ETX, DEL and the like).
pub(super) fn is_binary(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(SAMPLE_BYTES)];
    if let Some((encoding, mark)) = Encoding::for_bom(sample) {
        return encoding != UTF_8 && is_noise(&with(encoding, &sample[mark..sample.len() & !1], false).text);
    }
    if utf16_without_mark(sample).is_some() {
        return false;
    }
    let zeros = memchr::memchr_iter(0, sample).count();
    let controls = count(sample, |b| matches!(b, 0 | 5..=8 | 14..=26 | 28..=31));
    // What is packed or enciphered has all bytes alike: 22 in 256 are such controls, half
    // are beyond ASCII and fit no UTF-8. Text in 8 bits has no controls, telegraph copy
    // with controls is ASCII.
    let high = count(sample, |b| b >= 0x80);
    let uniform = controls * 50 > sample.len() && high * 5 > sample.len() && !is_mostly_utf8(sample);
    zeros * 100 > sample.len() || controls * 10 > sample.len() || uniform
}

/// Tells whether bytes are text once their zeros are left out: a binary has other controls
/// beside those. With `strict` nothing but UTF-8 without any is.
pub(super) fn is_copy_but_for_zeros(bytes: &[u8], strict: bool) -> bool {
    let sample: Vec<u8> = bytes.iter().copied().filter(|b| *b != 0).take(SAMPLE_BYTES).collect();
    let controls = count(&sample, |b| matches!(b, 5..=8 | 14..=31));
    let frames = count(&sample, |b| matches!(b, 1..=4));
    let blanks = count(&sample, |b| matches!(b, b' ' | b'\t' | b'\n' | b'\r'));
    let is_utf8 = match std::str::from_utf8(&sample) {
        Ok(_) => true,
        // The sample may end within a letter.
        Err(e) => sample.len() == SAMPLE_BYTES && e.error_len().is_none(),
    };
    let words = count(&sample, |b| b.is_ascii_alphanumeric() || b >= 0x80);
    match () {
        () if words == 0 => false,
        () if controls + frames == 0 => is_utf8 || !strict && (is_mostly_utf8(&sample) || blanks * 200 >= sample.len()),
        // Copy of the telegraph has controls, and nothing beyond ASCII.
        () => !strict && is_utf8 && controls * 50 <= sample.len() && frames * 20 <= sample.len(),
    }
}

/// Counts the bytes that `is` takes, many at a time: the counts of short stretches fit a byte.
#[inline]
fn count(bytes: &[u8], is: impl Fn(u8) -> bool) -> usize {
    let stretch = |stretch: &[u8]| stretch.iter().fold(0u8, |n, b| n + u8::from(is(*b)));
    bytes.chunks(usize::from(u8::MAX)).map(|bytes| usize::from(stretch(bytes))).sum()
}

/// Tells whether a text in two-byte units has too many that are no character: halves of
/// pairs and units of private use, which are an eighth of all units.
fn is_noise(text: &str) -> bool {
    let (mut all, mut none) = (0usize, 0usize);
    for c in text.chars() {
        all += 1;
        none += usize::from(matches!(c, '\u{FFFD}' | '\u{E000}'..='\u{F8FF}'));
    }
    none * 20 > all
}

#[cfg(test)]
mod tests {
    use super::decode;
    use encoding_rs as e;

    const FRENCH: &str =
        "Le président a déclaré à la télévision que l'accord était « essentiel » pour la région entière.";
    const RUSSIAN: &str = "Президент заявил на пресс-конференции, что соглашение имеет большое значение для региона.";
    const JAPANESE: &str = "首相は記者会見で、合意は地域にとって重要だと述べた。両国は協議を続ける方針だ。";

    #[test]
    fn legacy_encodings_are_found() {
        for (encoding, text) in [
            (e::WINDOWS_1252, FRENCH),
            (e::WINDOWS_1251, RUSSIAN),
            (e::KOI8_R, RUSSIAN),
            (e::SHIFT_JIS, JAPANESE),
            (e::EUC_JP, JAPANESE),
            (e::GBK, "外交部发言人在例行记者会上表示,中方支持有关各方继续对话,维护地区和平与稳定。"),
            (e::BIG5, "外交部發言人在例行記者會上表示,支持有關各方繼續對話,維護地區和平與穩定。"),
            (e::EUC_KR, "대통령은 기자회견에서 합의가 지역에 중요하다고 말했다. 양국은 협의를 계속한다."),
            (e::WINDOWS_1256, "قال الرئيس في مؤتمر صحفي إن الاتفاق مهم للمنطقة وإن المحادثات ستستمر في الأيام المقبلة"),
            (
                e::WINDOWS_1250,
                "Prezydent powiedział w telewizji, że porozumienie będzie ważne dla całego regionu i żołnierzy.",
            ),
        ] {
            let (bytes, _, _) = encoding.encode(text);
            let decoded = decode(&bytes);
            assert_eq!(decoded.text, text, "{}", encoding.name());
            assert!(decoded.guessed && decoded.replaced == 0);
        }
    }

    #[test]
    fn western_copy_of_mac_os_and_ms_dos_is_read() {
        const TEXTS: &[&str] = &[
            FRENCH,
            "L’été dernier, le maire a été réélu à Lom ; « c’est fait », a-t-il dit.",
            "Der Bürgermeister erklärte, die Brücke könne für längere Zeit geöffnet bleiben.",
            "El alcalde anunció el miércoles que el puente está abierto según los técnicos.",
        ];
        for text in TEXTS {
            let mac: Vec<u8> =
                encode(text, |b| encoding_rs::MACINTOSH.decode_without_bom_handling(&[b]).0.chars().next());
            let decoded = decode(&mac);
            assert_eq!((decoded.text.as_ref(), decoded.encoding.as_str()), (*text, "macintosh"));
            // Curved quotes are not of MS-DOS.
            let plain = text.replace('’', "'");
            let dos: Vec<u8> = encode(&plain, |b| super::dos(&[b]).chars().next());
            let decoded = decode(&dos);
            assert_eq!((decoded.text.as_ref(), decoded.encoding.as_str()), (plain.as_str(), "cp850"));
            let (windows, _, _) = e::WINDOWS_1252.encode(text);
            assert_eq!(decode(&windows).encoding, "windows-1252", "{text}");
        }
        // Quotes and dashes of Windows are no letters of another system.
        let (bytes, _, _) = e::WINDOWS_1252.encode("He said “no” – and “yes” – to the mayor’s “plan” … and left.");
        assert_eq!(decode(&bytes).encoding, "windows-1252");
        assert_eq!(decode(b"\x1B$B<sAj$O\x1B(B").text, "首相は");
        assert_eq!(decode(b"a \x1B[31mred\x1B[0m word").encoding, "utf-8");
    }

    /// Writes a text in an encoding that is known by its reading.
    fn encode(text: &str, read: impl Fn(u8) -> Option<char>) -> Vec<u8> {
        let of = |c: char| (0..=255u8).find(|b| read(*b) == Some(c));
        text.chars().map(|c| of(c).unwrap_or_else(|| panic!("no byte for {c}"))).collect()
    }

    /// Bytes as a cipher gives them, from a generator of Marsaglia.
    fn random(seed: u32, count: usize) -> Vec<u8> {
        let mut x = seed;
        let mut next = || {
            x ^= x << 13;
            x ^= x >> 17;
            x ^= x << 5;
            (x >> 11) as u8
        };
        (0..count).map(|_| next()).collect()
    }

    #[test]
    fn what_is_packed_or_enciphered_is_no_text() {
        for seed in 1..200 {
            for count in [600, 1_000, 20_000] {
                assert!(super::is_binary(&random(seed, count)), "{seed} {count}");
                let marked = [&b"\xFF\xFE"[..], &random(seed, count)].concat();
                assert!(super::is_binary(&marked), "a mark and {seed} {count}");
            }
        }
        let copy: String = (0..400).map(|i| format!("line {i} of {} words; ", i * i % 97)).collect();
        let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        std::io::Write::write_all(&mut packer, copy.as_bytes()).expect("memory takes all");
        assert!(super::is_binary(&packer.finish().expect("memory takes all")));
    }

    #[test]
    fn text_in_any_encoding_is_text() {
        for (encoding, text) in [
            (e::WINDOWS_1251, RUSSIAN),
            (e::KOI8_R, RUSSIAN),
            (e::IBM866, RUSSIAN),
            (e::SHIFT_JIS, JAPANESE),
            (e::EUC_JP, JAPANESE),
            (e::ISO_2022_JP, JAPANESE),
            (e::GB18030, "外交部发言人在例行记者会上表示,中方支持有关各方继续对话。"),
            (e::WINDOWS_1252, FRENCH),
        ] {
            assert!(!super::is_binary(&encoding.encode(text).0), "{}", encoding.name());
        }
        // CP850, which the table of encodings lacks.
        assert!(!super::is_binary(b"Le conseil f\x82d\x82ral a d\x82cid\x82 \x85 Berne d'augmenter le budget."));
        // Telegraph copy with its heading.
        assert!(!super::is_binary(
            b"\x16\x16\x01a0012\x1Fabx-\r\nr a\x12Bridge\x1402-03 0045\r\n\x02LOM (AP) - One.\x03"
        ));
        for text in [FRENCH, RUSSIAN, "Η γέφυρα άνοιξε ξανά την Τρίτη στην Αθήνα", "افتتح الجسر يوم الثلاثاء في دمشق"]
        {
            for bytes in [
                text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>(),
                text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            ] {
                assert!(!super::is_binary(&bytes), "{text}");
                assert_eq!(decode(&bytes).text, text);
            }
        }
    }

    #[test]
    fn two_byte_units_of_east_asia_need_no_mark() {
        const CHINESE: &str =
            "新华社洛姆３月５日电（记者李明）洛姆大桥5日恢复通车，两年的工程到此结束。\n市长表示感谢。";
        const KOREAN: &str = "(롬=연합뉴스) 김민수 기자 = 롬 대교가 5일 다시 열렸다. 시장은 감사의 뜻을 밝혔다.";
        for text in [CHINESE, JAPANESE, KOREAN] {
            for bytes in [
                text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>(),
                text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            ] {
                assert!(!super::is_binary(&bytes), "{text}");
                assert_eq!(decode(&bytes).text, text);
            }
        }
        // The same letters in older encodings stay what they are.
        for (encoding, text) in
            [(e::SHIFT_JIS, JAPANESE), (e::EUC_JP, JAPANESE), (e::GBK, CHINESE), (e::EUC_KR, KOREAN)]
        {
            assert_eq!(decode(&encoding.encode(text).0).text, text, "{}", encoding.name());
        }
    }

    #[test]
    fn marks_decide_and_are_dropped() {
        let decoded = decode(b"\xEF\xBB\xBFMoscou");
        assert_eq!((decoded.text.as_ref(), decoded.encoding.as_str(), decoded.guessed), ("Moscou", "utf-8", false));
        let wide: Vec<u8> = "\u{feff}Moscou é".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&wide).text, "Moscou é");
        let wider: Vec<u8> = "\u{feff}Moscou é".chars().flat_map(|c| (c as u32).to_be_bytes()).collect();
        let decoded = crate::wire::wide::utf32(&wider).expect("a mark");
        assert_eq!((decoded.text.as_ref(), decoded.encoding.as_str(), decoded.replaced), ("Moscou é", "utf-32be", 0));
        assert!(crate::wire::wide::utf32(&wide).is_none());
        let bare: Vec<u8> = FRENCH.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decode(&bare).text, FRENCH);
    }

    #[test]
    fn declarations_are_checked() {
        let latin = b"pr\xE9sident";
        for (bytes, label, text, encoding, is_false) in [
            (&latin[..], "iso-8859-1", "président", "windows-1252", false),
            (latin, "utf-8", "président", "windows-1252", true),
            ("président".as_bytes(), "iso-8859-1", "président", "utf-8", true),
            (b"ascii", "koi8-r", "ascii", "utf-8", false),
            (b"ascii", "no-such-thing", "ascii", "utf-8", false),
            (b"\xF0\xD2\xC5\xDA", "koi8-r", "През", "koi8-r", false),
        ] {
            let (decoded, wrong) = super::decode_declared(bytes, Some(label));
            assert_eq!(
                (decoded.text.as_ref(), decoded.encoding.as_str(), wrong),
                (text, encoding, is_false),
                "{label}"
            );
        }
    }

    #[test]
    fn russian_in_koi8_is_called_so() {
        let bytes = encoding_rs::KOI8_R.encode(RUSSIAN).0;
        assert_eq!(decode(&bytes).encoding, "koi8-r");
        let ukrainian = "Президент України відвідав область і зустрівся з її мешканцями, повідомили в офісі.";
        let bytes = encoding_rs::KOI8_U.encode(ukrainian).0;
        assert_eq!((decode(&bytes).encoding.as_str(), decode(&bytes).text.as_ref()), ("koi8-u", ukrainian));
    }

    #[test]
    fn utf8_that_the_end_cuts_stays_utf8() {
        let decoded = decode(b"Le pr\xC3\xA9sident de la R\xC3");
        assert_eq!((decoded.encoding.as_str(), &*decoded.text), ("utf-8", "Le président de la R\u{FFFD}"));
        // Of one letter alone nothing is known.
        assert_eq!(decode(b"Un caf\xE9").text, "Un café");
    }

    #[test]
    fn few_letters_tell_utf8_from_what_windows_wrote() {
        let decoded = decode(b"Mixed encoding \xC3\xA9\n\nPARIS (AFP) - Ligne caf\xE9 et \xFF\xFE fin.\n");
        assert_eq!((decoded.encoding.as_str(), decoded.replaced), ("utf-8", 3));
        assert!(decoded.text.starts_with("Mixed encoding é"));
        assert_eq!(decode(b"Le caf\xC3\xA9 de la Plage et un caf\xE9").replaced, 1);
        for text in ["«A IRMÃ» é boa", "CAFÉ» et thé noir", "JOSÉ\u{A0}: «É»", "Ñandú à l'été", "Ã© é é é é é"]
        {
            let bytes = e::WINDOWS_1252.encode(text).0;
            assert_eq!((decode(&bytes).encoding.as_str(), &*decode(&bytes).text), ("windows-1252", text));
        }
    }

    #[test]
    fn damaged_utf8_stays_utf8() {
        let mut bytes = RUSSIAN.as_bytes().to_vec();
        bytes[3] = 0xFF;
        let decoded = decode(&bytes);
        assert_eq!(decoded.encoding, "utf-8");
        assert!(decoded.replaced > 0 && decoded.text.contains("пресс-конференции"));
    }
}
