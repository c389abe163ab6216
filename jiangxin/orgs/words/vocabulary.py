"""Vocabularies of national standards that records of people use; sources in tables/SOURCES.md."""

from dataclasses import dataclass

HAN = "01"


@dataclass(frozen=True)
class Word:
    """One entry of a standard: its code, its Chinese name and an English one."""

    code: str
    name: str
    name_en: str


@dataclass(frozen=True)
class SkillLevel:
    """One of the eight skill levels. `order` sorts; `national_grade` (五级 … 一级) runs the other way."""

    order: int
    name: str
    name_en: str
    national_grade: str = ""

    @property
    def is_high_skilled(self) -> bool:
        """高技能人才: 高级工 and above (2022 opinion on high-skilled workers)."""
        return self.order >= HIGH_SKILLED_FROM


HIGH_SKILLED_FROM = 4
SKILL_LEVELS = (
    SkillLevel(1, "学徒工", "Apprentice"),
    SkillLevel(2, "初级工", "Junior worker", "五级"),
    SkillLevel(3, "中级工", "Intermediate worker", "四级"),
    SkillLevel(4, "高级工", "Senior worker", "三级"),
    SkillLevel(5, "技师", "Technician", "二级"),
    SkillLevel(6, "高级技师", "Senior technician", "一级"),
    SkillLevel(7, "特级技师", "Special-grade technician"),
    SkillLevel(8, "首席技师", "Chief technician"),
)


def _words(*lines: str) -> tuple[Word, ...]:
    return tuple(Word(*line.split("|")) for line in lines)


SEXES = _words("male|男|Male", "female|女|Female")

# GB/T 3304-1991, in the order of its codes.
_GROUPS = (
    "汉族 Han|蒙古族 Mongol|回族 Hui|藏族 Tibetan|维吾尔族 Uygur|苗族 Miao|彝族 Yi|壮族 Zhuang|布依族 Bouyei|朝鲜族 Korean|"
    "满族 Manchu|侗族 Dong|瑶族 Yao|白族 Bai|土家族 Tujia|哈尼族 Hani|哈萨克族 Kazak|傣族 Dai|黎族 Li|傈僳族 Lisu|"
    "佤族 Va|畲族 She|高山族 Gaoshan|拉祜族 Lahu|水族 Shui|东乡族 Dongxiang|纳西族 Naxi|景颇族 Jingpo|柯尔克孜族 Kirgiz|土族 Tu|"
    "达斡尔族 Daur|仫佬族 Mulao|羌族 Qiang|布朗族 Blang|撒拉族 Salar|毛南族 Maonan|仡佬族 Gelao|锡伯族 Xibe|阿昌族 Achang|普米族 Pumi|"
    "塔吉克族 Tajik|怒族 Nu|乌孜别克族 Uzbek|俄罗斯族 Russian|鄂温克族 Ewenki|德昂族 De'ang|保安族 Bonan|裕固族 Yugur|京族 Jing|塔塔尔族 Tatar|"
    "独龙族 Derung|鄂伦春族 Oroqen|赫哲族 Hezhen|门巴族 Monba|珞巴族 Lhoba|基诺族 Jino"
)
ETHNIC_GROUPS = (
    *(Word(f"{number:02d}", *pair.split(" ")) for number, pair in enumerate(_GROUPS.split("|"), start=1)),
    *_words("97|其他|Other", "98|外国血统中国籍人士|Chinese citizen of foreign descent"),
)

# GB/T 4762-1984.
POLITICAL_STATUSES = _words(
    "01|中国共产党党员|Member of the Communist Party of China",
    "02|中国共产党预备党员|Probationary member of the Communist Party of China",
    "03|中国共产主义青年团团员|Member of the Communist Youth League",
    "04|中国国民党革命委员会会员|Member of the Revolutionary Committee of the Chinese Kuomintang",
    "05|中国民主同盟盟员|Member of the China Democratic League",
    "06|中国民主建国会会员|Member of the China National Democratic Construction Association",
    "07|中国民主促进会会员|Member of the China Association for Promoting Democracy",
    "08|中国农工民主党党员|Member of the Chinese Peasants' and Workers' Democratic Party",
    "09|中国致公党党员|Member of the China Zhi Gong Party",
    "10|九三学社社员|Member of the Jiu San Society",
    "11|台湾民主自治同盟盟员|Member of the Taiwan Democratic Self-Government League",
    "12|无党派民主人士|Democratic person without party affiliation",
    "13|群众|No party affiliation",
)

# GB/T 4658-2006: the headings and the completed stages.
EDUCATIONS = _words(
    "10|研究生教育|Postgraduate education",
    "11|博士研究生毕业|Doctoral graduate",
    "14|硕士研究生毕业|Master's graduate",
    "20|大学本科教育|Undergraduate education",
    "21|大学本科毕业|Bachelor's graduate",
    "30|大学专科教育|Junior college education",
    "31|大学专科毕业|Junior college graduate",
    "40|中等职业教育|Secondary vocational education",
    "41|中等专科毕业|Specialised secondary school graduate",
    "44|职业高中毕业|Vocational high school graduate",
    "47|技工学校毕业|Technical school graduate",
    "60|普通高级中学教育|Senior high school education",
    "61|普通高中毕业|Senior high school graduate",
    "70|初级中学教育|Junior high school education",
    "71|初中毕业|Junior high school graduate",
    "80|小学教育|Primary education",
    "81|小学毕业|Primary school graduate",
    "90|其他|Other",
)
