import type { LegalBasis } from '../authority-item.ts';

/**
 * National acts whose title says less than what they are: by rule 办法, 规定 and 细则 may be of the State Council or of a
 * ministry, and lists often leave the number out. Without 中华人民共和国.
 */
const TITLES: Readonly<Partial<Record<LegalBasis['kind'], readonly string[]>>> = {
  law: ['户口登记条例', '学位条例'],
  'administrative-regulation': [
    '保守国家秘密法实施办法',
    '报废机动车回收管理办法',
    '长江河道采砂管理条例',
    '城市生活无着的流浪乞讨人员救助管理办法',
    '传染病防治法实施办法',
    '档案法实施办法',
    '罚款决定与罚款收缴分离实施办法',
    '放射性药品管理办法',
    '非法金融机构和非法金融业务活动取缔办法',
    '个人存款账户实名制规定',
    '国际货物运输代理业管理规定',
    '国务院关于加强食品等产品安全监督管理的特别规定',
    '国务院关于特大安全事故行政责任追究的规定',
    '国务院关于预防煤矿生产安全事故的特别规定',
    '国务院关于职工工作时间的规定',
    '国有资产评估管理办法',
    '海上航行警告和航行通告管理规定',
    '合伙企业登记管理办法',
    '互联网信息服务管理办法',
    '计量法实施细则',
    '计算机信息网络国际联网安全保护管理办法',
    '计算机信息网络国际联网管理暂行规定',
    '价格违法行为行政处罚规定',
    '金融违法行为处罚办法',
    '禁止使用童工规定',
    '母婴保健法实施办法',
    '女职工劳动保护特别规定',
    '企业法人法定代表人登记管理规定',
    '企业名称登记管理规定',
    '森林采伐更新管理办法',
    '社会抚养费征收管理办法',
    '社会救助暂行办法',
    '税收征收管理法实施细则',
    '外国商会管理暂行规定',
    '卫星地面接收设施接收外国卫星传送电视节目管理办法',
    '卫星电视广播地面接收设施管理规定',
    '无证无照经营查处办法',
    '无照经营查处取缔办法',
    '行政执法机关移送涉嫌犯罪案件的规定',
    '医疗用毒性药品管理办法',
    '有线电视管理暂行办法',
    '渔业法实施细则',
    '中国公民出国旅游管理办法',
    '中国公民往来台湾地区管理办法',
    '专利法实施细则',
  ],
  rule: [
    '反兴奋剂管理办法',
    '海事行政许可条件规定',
    '农村土地经营权流转管理办法',
    '无公害农产品管理办法',
    '药品不良反应报告和监测管理办法',
    '渔业港航监督行政处罚规定',
    '在线旅游经营服务管理暂行规定',
  ],
};
// Object.entries widens the keys; those of TITLES are kinds.
const KIND_OF = new Map(
  (Object.entries(TITLES) as [LegalBasis['kind'], readonly string[]][]).flatMap(([kind, titles]) =>
    titles.map((title): [string, LegalBasis['kind']] => [title, kind]),
  ),
);

export function findKnownTitle(title: string): LegalBasis['kind'] | undefined {
  return KIND_OF.get(title.replace(/^中华人民共和国/, ''));
}
