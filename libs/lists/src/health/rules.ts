/**
 * 应当改正: against the law or against what the list itself says · 建议核对: most likely a slip, a person decides ·
 * 可以更好: nothing is wrong, but it could serve people better.
 */
export type HealthGrade = 'must' | 'check' | 'better';

export const HEALTH_GRADES = { must: '应当改正', check: '建议核对', better: '可以更好' } as const;

interface Rule {
  readonly grade: HealthGrade;
  readonly name: string;
  readonly english: string;
  /** why it matters, in words for everybody */
  readonly means: string;
  /** what to do about it */
  readonly advice: string;
}

/** The rules of the health check (清单体检), in the order in which they are reported. Codes never change their meaning. */
export const HEALTH_RULES = {
  'error-value': {
    grade: 'must',
    name: '公式错误留在清单里',
    english: 'The error of a formula, or a formula itself',
    means: '“#REF!”“=HYPERLINK(…)”是表格程序留下的，不是清单的文字：原来写的是什么，谁也看不出。',
    advice: '回到原工作簿改正公式，把正确的文字填进来。',
  },
  'garbled-text': {
    grade: 'must',
    name: '文字是乱码',
    english: 'Text read in the wrong encoding, or lost',
    means: '转换编码时文字已经损坏，登出来谁也读不懂，也查不到。',
    advice: '对照原文改正；整份文件都是乱码的，换一种编码另存后重新导入。',
  },
  'markup-in-text': {
    grade: 'must',
    name: '文字里有网页代码',
    english: 'Markup of a web page in the text',
    means: '“<br>”“&nbsp;”是从网页或系统里带出来的，不是清单的文字。',
    advice: '删去代码，只留文字。',
  },
  'name-without-words': {
    grade: 'must',
    name: '名称不成其为名称',
    english: 'A name that is none: a date, a number, a code',
    means: '名称里只有日期、数字、编码或“待定”，群众不知道这是什么权力；多半是列对错了。',
    advice: '核对原表的列，填写事项的名称。',
  },
  'power-without-duties': {
    grade: 'must',
    name: '有权力，没有责任',
    english: 'A power without duties',
    means: '有权必有责：每一项权力都要写明行使它时应当尽到的责任。',
    advice: '补写责任事项，按受理、审查、决定、送达、事后监管等环节逐条列出。',
  },
  'duty-without-basis': {
    grade: 'must',
    name: '有责任，没有依据',
    english: 'A duty without a basis',
    means: '责任事项要有法律依据，追责时才说得清。',
    advice: '补写责任事项依据，写明法律法规名称和条款。',
  },
  'power-without-basis': {
    grade: 'must',
    name: '权力没有依据',
    english: 'A power without a legal basis',
    means: '法无授权不可为：没有依据的权力不能列入清单。',
    advice: '补写设定依据；确实没有依据的，按程序取消该事项。',
  },
  'basis-without-article': {
    grade: 'check',
    name: '依据没有写到条款',
    english: 'A basis that names no article',
    means: '只写法律名称，谁也没法核对权力到底出自哪一条。',
    advice: '写明第几条；有款、项的写到款、项。',
  },
  'promise-longer-than-statute': {
    grade: 'must',
    name: '承诺时限比法定还长',
    english: 'A promise longer than the statute allows',
    means: '承诺的办理时间不能超过法律规定的时间。',
    advice: '改短承诺时限，或者更正法定时限。',
  },
  'fee-without-basis': {
    grade: 'must',
    name: '收费没有依据',
    english: 'A fee without a basis',
    means: '没有依据的收费，群众可以拒绝缴纳。',
    advice: '写明收费依据和标准；没有依据的，停止收费。',
  },
  'form-missing': {
    grade: 'must',
    name: '说能下载，却没有表格',
    english: 'A form to be downloaded that is not there',
    means: '写着“网上下载”的表格找不到，人还是要跑一趟。',
    advice: '补上空白表格的下载地址，最好同时给出填写样表。',
  },
  'material-zero-copies': {
    grade: 'must',
    name: '要材料，份数却是零',
    english: 'A material with zero originals and zero copies',
    means: '原件、复印件都是零份，群众不知道到底要不要交。',
    advice: '写明份数；不需要提交的，从材料目录里删去。',
  },
  'material-is-certificate': {
    grade: 'must',
    name: '可以免提交的材料',
    english: 'A certificate of this registry asked for as a paper',
    means: '这份证照就是本登记簿签发的，办事机关自己能查到，不应当再让群众交。',
    advice: '从材料目录里删去，改为办理时核验电子证照。',
  },
  'name-with-organ': {
    grade: 'check',
    name: '名称里有机关名',
    english: 'A name with an organ in it',
    means: '事项名称要上下级一致，写进机关名称就对不上了。',
    advice: '从名称里去掉机关名称。',
  },
  'name-with-place': {
    grade: 'check',
    name: '名称里有地名',
    english: 'A name with a place in it',
    means: '同一项权力在各地应当叫同一个名字。',
    advice: '从名称里去掉地名。',
  },
  'name-with-number': {
    grade: 'check',
    name: '名称里有序号或者文号',
    english: 'A name with a serial or document number in it',
    means: '序号、批次和文号会变，名称不应当跟着变。',
    advice: '从名称里去掉序号、批次和文号。',
  },
  'name-with-article': {
    grade: 'better',
    name: '名称用条文号代替了行为',
    english: 'A name that gives an article instead of the conduct',
    means: '“对某条例第几条行为的处罚”，不翻法条看不懂；法律一修订，条文号还会变。',
    advice: '在名称里直接写明是什么行为。',
  },
  'listed-twice': {
    grade: 'check',
    name: '同一清单里列了两次',
    english: 'Listed twice in one list',
    means: '同一项权力列两次，数量不实，修改时也容易只改一处。',
    advice: '核对两项的内容，合并成一项，取消另一项。',
  },
  'sister-name': {
    grade: 'check',
    name: '同一权力，名称不同',
    english: 'The same power under another name',
    means: '三级四同：同一项权力在省、市、县应当名称相同，群众才不会找错门。',
    advice: '与上级和同级清单核对，统一名称。',
  },
  'sister-category': {
    grade: 'check',
    name: '同一权力，类型不同',
    english: 'The same power in another category',
    means: '三级四同：权力类型不同，适用的程序和救济也不同。',
    advice: '与上级和同级清单核对，统一权力类型。',
  },
  'sister-basis': {
    grade: 'check',
    name: '同一权力，依据不同',
    english: 'The same power on another basis',
    means: '三级四同：同一项权力各引各的法，至少有一处需要核对。',
    advice: '与上级和同级清单核对，统一设定依据。',
  },
  'measure-without-power': {
    grade: 'check',
    name: '负面清单有，权力清单没有',
    english: 'A licence measure that no listed power serves',
    means: '负面清单说要先取得许可，权力清单里却没有哪一项管它：企业不知道找谁办。',
    advice: '核对基本编码：漏列的权力补列，已经取消的许可从负面清单删去。',
  },
  'power-without-measure': {
    grade: 'better',
    name: '权力清单有，负面清单没有',
    english: 'A licence that no measure knows',
    means: '非禁即入：负面清单之外的，各类经营主体都可以依法平等进入。',
    advice: '核对基本编码；属于市场准入的，提请列入负面清单，否则说明它不是准入许可。',
  },
  'no-certificate-type': {
    grade: 'better',
    name: '结果是证照，还没有电子证照',
    english: 'An item that no certificate type serves',
    means: '办成之后发的证没有对应的电子证照类型，只能发纸证。',
    advice: '登记电子证照类型，或者把结果指向已有的类型。',
  },
} as const satisfies Readonly<Record<string, Rule>>;

export type HealthRule = keyof typeof HEALTH_RULES;

/** In the order of the table. Object.keys forgets the names; they are those of the table. */
export const HEALTH_RULE_CODES = Object.keys(HEALTH_RULES) as [HealthRule, ...HealthRule[]];
