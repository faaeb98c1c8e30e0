//! Numbers in Chinese numerals: 二十七 by places, 二〇一六 digit by digit.
//!
//! They are read only before what they count or date. Digits that make no number there
//! (*五六年*, five or six years) are kept together, so that no end of them is read alone.

/// Numerals in a row that are read; dates and counts of the wires have fewer.
const NUMERALS_MAX: usize = 9;

/// What a run of numerals is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Han {
    /// A number: its value, its digits as a number in figures would have them, its end.
    Number { value: u32, digits: u8, end: usize },
    /// Numerals that are no number.
    Opaque { end: usize },
}

fn digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '○' | '零' => 0,
        '一' => 1,
        '二' | '两' | '兩' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

fn place(c: char) -> Option<u32> {
    Some(match c {
        '十' => 10,
        '百' => 100,
        '千' => 1000,
        _ => return None,
    })
}

/// Reads the numerals at a place; nothing where they are single words of the text.
pub(super) fn read(text: &str, at: usize) -> Option<Han> {
    let rest = text.get(at..)?;
    let numeral = |c: char| digit(c).is_some() || place(c).is_some();
    rest.starts_with(numeral).then_some(())?;
    let mut before = text.get(..at)?.chars().rev();
    let (last, last_but_one) = (before.next(), before.next());
    // 星期二 is a Tuesday, whatever number follows.
    let of_week = |c: Option<char>| matches!(c, Some('期' | '周' | '週' | '拜'));
    if of_week(last) || (last.is_some_and(numeral) && !of_week(last_but_one)) {
        return None;
    }
    let mut run = ['\0'; NUMERALS_MAX];
    let (mut n, mut end) = (0, at);
    for c in rest.chars().take_while(|c| numeral(*c)) {
        *run.get_mut(n)? = c;
        n += 1;
        end += c.len_utf8();
    }
    let run = &run[..n];
    let mut behind = text.get(end..)?.chars();
    let next = behind.next()?;
    if n == 1 {
        let dates = matches!(next, '年' | '月') || (last == Some('月') && matches!(next, '日' | '号' | '號'));
        let value = digit(run[0]).or_else(|| place(run[0])).filter(|v| dates && (1..=10).contains(v))?;
        return Some(Han::Number { value, digits: if value < 10 { 1 } else { 2 }, end });
    }
    if !"年月日号號世时時天周週個个箇か小分秒カヵヶ".contains(next) {
        return None;
    }
    let found = if run.iter().any(|c| place(*c).is_some()) { by_places(run) } else { by_digits(run, next) };
    Some(found.map_or(Han::Opaque { end }, |(value, digits)| Han::Number { value, digits, end }))
}

fn by_digits(run: &[char], next: char) -> Option<(u32, u8)> {
    let value = run.iter().filter_map(|c| digit(*c)).fold(0, |n, d| n * 10 + d);
    match run[..] {
        [a, b] => {
            let (a, b) = (digit(a)?, digit(b)?);
            // 二三日 is two or three days, 九五年 a year of two digits.
            (a > 0 && (b == 0 || (b != a + 1 && next != '年'))).then_some((value, 2))
        }
        [_, _, _, _] if value >= 1000 => Some((value, 4)),
        _ => None,
    }
}

/// 二十七, 三百六十五, 千九百四十五.
fn by_places(run: &[char]) -> Option<(u32, u8)> {
    let (mut total, mut open, mut smallest) = (0, None, u32::MAX);
    for c in run {
        match (digit(*c), place(*c)) {
            (Some(0), _) if open.is_none() => {}
            (Some(d @ 1..), _) if open.is_none() => open = Some(d),
            (_, Some(p)) if p < smallest => {
                total += open.take().unwrap_or(1) * p;
                smallest = p;
            }
            _ => return None,
        }
    }
    total += open.unwrap_or(0);
    // Round thousands are counted; 千九百四十五年 is a year.
    let digits = match total {
        ..10 => 1,
        10..100 => 2,
        100..1000 => 3,
        _ if total % 100 == 0 => 5,
        _ => 4,
    };
    Some((total, digits))
}

#[cfg(test)]
mod tests {
    use super::super::tests::spoken;
    use super::{Han, read};

    #[test]
    fn numerals_before_what_they_date() {
        for (text, value) in [
            ("二〇一六年", Some((2016, 4))),
            ("二○一六年", Some((2016, 4))),
            ("二十七日", Some((27, 2))),
            ("二七日", Some((27, 2))),
            ("三百六十五天", Some((365, 3))),
            ("千九百四十五年", Some((1945, 4))),
            ("二千年", Some((2000, 5))),
            ("七年", Some((7, 1))),
            ("三人", None),
            ("三日", None),
            ("二十人", None),
        ] {
            let found = match read(text, 0) {
                Some(Han::Number { value, digits, .. }) => Some((value, digits)),
                _ => None,
            };
            assert_eq!(found, value, "{text}");
        }
        for text in ["五六年", "三四十年", "二十三四年"] {
            assert!(matches!(read(text, 0), Some(Han::Opaque { .. })), "{text}");
        }
    }

    #[test]
    fn times_in_chinese_numerals() {
        for (lang, text, expected) in [
            ("ja", "二〇一六年に開業した。", "二〇一六年=2016"),
            ("ja", "会談は二十七日に行われた。", "二十七日=2024-11-27"),
            ("ja", "令和七年一月十五日に開く。", "令和七年一月十五日=2025-01-15"),
            ("zh", "大桥于二〇二三年三月五日关闭。", "二〇二三年三月五日=2023-03-05"),
            ("zh", "二十世纪的建筑。", "二十世纪=19"),
            ("zh", "他等了二十五年。", "二十五年=P25Y"),
            ("zh", "他在四季青桥附近。", ""),
            ("zh", "他等了五六年。", ""),
            ("zh", "星期二十七日开会。", "星期二=2024-12-03 | 十七日=2024-12-17"),
        ] {
            assert_eq!(spoken(lang, "2024-12-04", text), expected, "{text}");
        }
    }
}
