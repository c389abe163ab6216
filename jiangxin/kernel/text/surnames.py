"""How surnames are read where they differ from the ordinary reading, and the surnames of two characters.

Own table, compiled from common knowledge of Chinese surnames; where a surname has two living readings both stand,
the commoner first.
"""

READINGS: dict[str, tuple[str, ...]] = {
    "单": ("shan",), "仇": ("qiu",), "查": ("zha",), "曾": ("zeng",), "解": ("xie",), "盖": ("ge", "gai"),
    "任": ("ren",), "区": ("ou",), "朴": ("piao",), "乐": ("yue", "le"), "繁": ("po",), "员": ("yun",),
    "秘": ("bi",), "折": ("she",), "黑": ("he", "hei"), "种": ("chong",), "缪": ("miao",), "能": ("nai",),
    "尉": ("wei", "yu"), "宁": ("ning",), "谌": ("chen", "shen"), "冼": ("xian",), "召": ("shao",), "翟": ("zhai", "di"),
    "祭": ("zhai",), "覃": ("qin", "tan"), "过": ("guo",), "那": ("na",), "哈": ("ha",), "句": ("gou",),
    "阚": ("kan",), "佴": ("nai",), "撒": ("sa",), "訾": ("zi",), "纪": ("ji",), "葛": ("ge",), "晁": ("chao",),
    "车": ("che",), "石": ("shi",), "卜": ("bu",), "万": ("wan",), "俞": ("yu",), "於": ("yu",), "燕": ("yan",),
    "贾": ("jia",), "牟": ("mou", "mu"), "隗": ("wei", "kui"), "麴": ("qu",), "费": ("fei", "bi"), "郗": ("xi", "chi"),
    "郇": ("xun", "huan"), "宓": ("mi", "fu"), "仉": ("zhang",), "厍": ("she",), "莘": ("shen", "xin"),
    "郄": ("qie",), "冯": ("feng",), "柏": ("bai", "bo"), "薄": ("bo",), "贲": ("ben",), "谷": ("gu",), "行": ("xing",),
    "相": ("xiang",), "盛": ("sheng",), "沈": ("shen",), "宿": ("su",), "重": ("chong",), "藏": ("zang",), "臧": ("zang",),
    "戚": ("qi",), "洗": ("xian",), "应": ("ying",), "令": ("ling",), "长": ("zhang", "chang"), "褚": ("chu",),
    "乜": ("nie",), "幺": ("yao",), "呙": ("guo",), "亓": ("qi",), "逯": ("lu",), "禚": ("zhuo",),
    "郏": ("jia",), "么": ("yao",), "奇": ("qi",), "曲": ("qu",), "瞿": ("qu",),
    "夏": ("xia",), "叶": ("ye",), "隽": ("juan", "jun"), "洪": ("hong",),
    "都": ("du",), "降": ("jiang",), "强": ("qiang",), "朝": ("chao",), "会": ("gui",),
    "郝": ("hao",), "邴": ("bing",), "郜": ("gao",), "阎": ("yan",), "角": ("jue", "jiao"), "筱": ("xiao",),
    "肖": ("xiao",), "粘": ("nian",), "妫": ("gui",), "邸": ("di",), "阙": ("que",), "华": ("hua",),
}  # fmt: skip
"""Reading(s) of a surname of one character, without tones, ü written v."""

COMPOUND: dict[str, tuple[str, ...]] = {
    "尉迟": ("yuchi",), "万俟": ("moqi",), "单于": ("chanyu",), "长孙": ("zhangsun",), "令狐": ("linghu",),
    "澹台": ("tantai",), "皇甫": ("huangfu",), "尔朱": ("erzhu",), "拓跋": ("tuoba",), "宇文": ("yuwen",),
    "呼延": ("huyan",), "慕容": ("murong",), "端木": ("duanmu",), "百里": ("baili",), "东方": ("dongfang",),
    "欧阳": ("ouyang",), "上官": ("shangguan",), "诸葛": ("zhuge",), "司马": ("sima",), "赫连": ("helian",),
    "独孤": ("dugu",), "南宫": ("nangong",), "闻人": ("wenren",), "公孙": ("gongsun",), "公冶": ("gongye",),
    "濮阳": ("puyang",), "淳于": ("chunyu",), "轩辕": ("xuanyuan",), "钟离": ("zhongli",), "鲜于": ("xianyu",),
    "闾丘": ("lvqiu",), "亓官": ("qiguan",), "司徒": ("situ",), "司空": ("sikong",), "申屠": ("shentu",),
    "公羊": ("gongyang",), "谷梁": ("guliang",), "乐正": ("yuezheng",), "宰父": ("zaifu",), "夹谷": ("jiagu",),
    "完颜": ("wanyan",), "耶律": ("yelv",), "夏侯": ("xiahou",), "太叔": ("taishu",), "宗政": ("zongzheng",),
    "仲孙": ("zhongsun",), "巫马": ("wuma",), "漆雕": ("qidiao",), "壤驷": ("rangsi",), "段干": ("duangan",),
    "西门": ("ximen",), "东郭": ("dongguo",), "南门": ("nanmen",), "北堂": ("beitang",), "第五": ("diwu",),
    "贺兰": ("helan",), "纳兰": ("nalan",), "哥舒": ("geshu",), "屈突": ("qutu",), "豆卢": ("doulu",), "达奚": ("daxi",),
}  # fmt: skip
"""Reading(s) of a surname of two characters."""
