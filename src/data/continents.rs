//! Continents and the like, which the gazetteer of towns, regions and countries lacks: that somebody asks for one is
//! told, not guessed at.

use crate::text::fold;

/// Their names in the languages of most archives.
const NAMES: &[&str] = &[
    "Europe|Europa|Европа|Європа|أوروبا|اروپا|欧洲|歐洲|ヨーロッパ|유럽|Avrupa|Ευρώπη|אירופה",
    "Asia|Asie|Asien|Ásia|Azja|Азия|Азія|آسيا|آسیا|亚洲|亞洲|アジア|아시아|Asya|Azië|Ασία|אסיה",
    "Africa|Afrique|Afrika|África|Afryka|Африка|أفريقيا|إفريقيا|آفریقا|非洲|アフリカ|아프리카|Αφρική|אפריקה",
    "North America|Amérique du Nord|Nordamerika|América del Norte|América do Norte|Северная Америка|أمريكا الشمالية|北美洲|北美",
    "South America|Amérique du Sud|Südamerika|América del Sur|Sudamérica|América do Sul|Южная Америка|أمريكا الجنوبية|南美洲|南美",
    "Latin America|Amérique latine|Lateinamerika|América Latina|Латинская Америка|أمريكا اللاتينية|拉丁美洲|拉美",
    "Oceania|Océanie|Ozeanien|Oceanía|Океания|أوقيانوسيا|大洋洲",
    "Middle East|the Middle East|Moyen-Orient|Proche-Orient|Near East|Nahost|Naher Osten|Mittlerer Osten|Oriente Medio|Oriente Médio|Medio Oriente|Ближний Восток|Близький Схід|الشرق الأوسط|خاورمیانه|中东|中東|중동|Orta Doğu|Ortadoğu|Μέση Ανατολή|המזרח התיכון",
    "Balkans|the Balkans|Balkan|Balkanes|Балканы|البلقان|巴尔干",
    "Caribbean|the Caribbean|Caraïbes|Karibik|Caribe|Карибы|الكاريبي|加勒比",
    "Central Asia|Asie centrale|Zentralasien|Asia Central|Центральная Азия|آسيا الوسطى|آسیای میانه|中亚",
    "Southeast Asia|South-East Asia|Asie du Sud-Est|Südostasien|Sudeste Asiático|Юго-Восточная Азия|جنوب شرق آسيا|东南亚",
    "Sahel|le Sahel|الساحل الأفريقي|Сахель",
];

/// Tells whether a name is of a continent or another part of the world of many countries.
#[must_use]
pub fn is_continent(name: &str) -> bool {
    let name = fold(name.trim_start_matches('='));
    NAMES.iter().flat_map(|names| names.split('|')).any(|known| fold(known) == name)
}

#[cfg(test)]
mod tests {
    use super::is_continent;
    use crate::data::places;

    #[test]
    fn parts_of_the_world_in_many_languages() {
        for name in ["Europe", "europa", "Азия", "الشرق الأوسط", "中东", "Amérique Latine", "=Europe"]
        {
            assert!(is_continent(name), "{name}");
        }
        assert!(!is_continent("Iran") && !is_continent("South Africa"));
    }

    #[test]
    fn no_country_is_one() {
        for country in places::all().filter(|p| p.kind() == places::Kind::Country) {
            assert!(!is_continent(country.name()), "{}", country.name());
        }
    }
}
