//! Dates as each language writes them, for tests: names and forms are written out here once
//! more, so that they are held against the tables and not made from them.

use chrono::{Datelike, NaiveDate};

/// A language, its months and weekdays as one writes them in a date, and its forms: `{d}`,
/// `{dd}` the day, `{m}` the month's name, `{n}`, `{nn}` its number, `{y}` the year, `{w}` the weekday. Behind a
/// bar stands the first day of a month that the form tells for sure.
pub(crate) struct Forms {
    pub(crate) lang: &'static str,
    pub(crate) months: &'static str,
    pub(crate) weekdays: &'static str,
    pub(crate) forms: &'static [&'static str],
}

pub(crate) const FORMS: &[Forms] = &[
    Forms {
        lang: "fr",
        months: "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        weekdays: "lundi mardi mercredi jeudi vendredi samedi dimanche",
        forms: &["{d} {m} {y}", "le {d} {m} {y}", "{w} {d} {m} {y}", "{dd}/{nn}/{y}|13"],
    },
    Forms {
        lang: "en",
        months: "January February March April May June July August September October November December",
        weekdays: "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        forms: &["{m} {d}, {y}", "{d} {m} {y}", "{w}, {m} {d}, {y}", "the {d}th of {m}, {y}", "{m} {d} {y}"],
    },
    Forms {
        lang: "de",
        months: "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        weekdays: "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
        forms: &["{d}. {m} {y}", "{w}, den {d}. {m} {y}", "am {d}. {m} {y}"],
    },
    Forms {
        lang: "es",
        months: "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        weekdays: "lunes martes miércoles jueves viernes sábado domingo",
        forms: &["{d} de {m} de {y}", "el {w} {d} de {m} de {y}", "{d} de {m} del {y}"],
    },
    Forms {
        lang: "it",
        months: "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        weekdays: "lunedì martedì mercoledì giovedì venerdì sabato domenica",
        forms: &["{d} {m} {y}", "{w} {d} {m} {y}"],
    },
    Forms {
        lang: "pt",
        months: "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
        weekdays: "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
        forms: &["{d} de {m} de {y}", "{w}, {d} de {m} de {y}"],
    },
    Forms {
        lang: "ru",
        months: "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
        weekdays: "понедельник вторник среда четверг пятница суббота воскресенье",
        forms: &["{d} {m} {y} года", "{d} {m} {y}", "{w}, {d} {m} {y} года"],
    },
    Forms {
        lang: "uk",
        months: "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
        weekdays: "понеділок вівторок середа четвер п'ятниця субота неділя",
        forms: &["{d} {m} {y} року", "{d} {m} {y}"],
    },
    Forms {
        lang: "pl",
        months: "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
        weekdays: "poniedziałek wtorek środa czwartek piątek sobota niedziela",
        forms: &["{d} {m} {y}", "{d} {m} {y} r.", "{w}, {d} {m} {y}"],
    },
    Forms {
        lang: "nl",
        months: "januari februari maart april mei juni juli augustus september oktober november december",
        weekdays: "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
        forms: &["{d} {m} {y}", "{w} {d} {m} {y}"],
    },
    Forms {
        lang: "sv",
        months: "januari februari mars april maj juni juli augusti september oktober november december",
        weekdays: "måndag tisdag onsdag torsdag fredag lördag söndag",
        forms: &["{d} {m} {y}", "den {d} {m} {y}", "{w} {d} {m} {y}"],
    },
    Forms {
        lang: "ro",
        months: "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
        weekdays: "luni marți miercuri joi vineri sâmbătă duminică",
        forms: &["{d} {m} {y}", "{w}, {d} {m} {y}"],
    },
    Forms {
        lang: "el",
        months: "Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου \
                 Νοεμβρίου Δεκεμβρίου",
        weekdays: "Δευτέρα Τρίτη Τετάρτη Πέμπτη Παρασκευή Σάββατο Κυριακή",
        forms: &["{d} {m} {y}", "{w}, {d} {m} {y}"],
    },
    Forms {
        lang: "tr",
        months: "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
        weekdays: "Pazartesi Salı Çarşamba Perşembe Cuma Cumartesi Pazar",
        forms: &["{d} {m} {y}", "{d} {m} {y} {w}"],
    },
    Forms {
        lang: "id",
        months: "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
        weekdays: "Senin Selasa Rabu Kamis Jumat Sabtu Minggu",
        forms: &["{d} {m} {y}", "{w}, {d} {m} {y}"],
    },
    Forms {
        lang: "vi",
        months: "",
        weekdays: "",
        forms: &["ngày {d} tháng {n} năm {y}", "ngày {d}-{n}-{y}", "{d} tháng {n} năm {y}"],
    },
    Forms {
        lang: "he",
        months: "בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר",
        weekdays: "",
        forms: &["{d} {m} {y}"],
    },
    Forms {
        lang: "ar",
        months: "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
        weekdays: "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
        forms: &["{d} {m} {y}", "{w} {d} {m} {y}"],
    },
    Forms {
        lang: "fa",
        months: "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر",
        weekdays: "",
        forms: &["{d} {m} {y}"],
    },
    Forms { lang: "zh", months: "", weekdays: "", forms: &["{y}年{n}月{d}日", "{y}年{n}月{d}号"] },
    Forms { lang: "ja", months: "", weekdays: "", forms: &["{y}年{n}月{d}日"] },
    Forms { lang: "ko", months: "", weekdays: "", forms: &["{y}년 {n}월 {d}일"] },
];

/// Yields every day of 1900 to 2100.
pub(crate) fn days() -> impl Iterator<Item = NaiveDate> {
    let first = NaiveDate::from_ymd_opt(1900, 1, 1).expect("a day");
    first.iter_days().take_while(|d| d.year() <= 2100)
}

/// Writes a day in a form.
pub(crate) fn written(day: NaiveDate, forms: &Forms, form: &str) -> String {
    let (pattern, _) = form.split_once('|').unwrap_or((form, ""));
    let named = |names: &str, n: u32| names.split_whitespace().nth(n as usize).unwrap_or("").to_owned();
    pattern
        .replace("{d}", &day.day().to_string())
        .replace("{dd}", &format!("{:02}", day.day()))
        .replace("{n}", &day.month().to_string())
        .replace("{nn}", &format!("{:02}", day.month()))
        .replace("{m}", &named(forms.months, day.month0()))
        .replace("{w}", &named(forms.weekdays, day.weekday().num_days_from_monday()))
        .replace("{y}", &day.year().to_string())
}
