import { findCategory, withoutBlanks } from '@mandate/lists';
import { isStatute, lookOf } from './column-looks.ts';
import type { Field } from './vocabulary/fields.ts';

export interface CellLike {
  /** what such cells are called, in a sentence */
  readonly called: string;
  /** whether the text of a cell, without blanks, looks like one */
  readonly test: (word: string) => boolean;
}

const BRACKETS = /[（(][^（）()]*[）)]$/;
/** 市场监督管理局、市公安局: each of them */
const everyName = (word: string, test: RegExp): boolean =>
  word.length <= 120 && word.split(/[、，,；;/]/).every((name) => test.test(name.replace(BRACKETS, '')));

const ORGAN_END = /[^\d]{2}(?:局|厅|委|委员会|政府|管委会|署|管理局|税务|海关)$/u;
/** Within an organ: none of these is one by itself. 办公室 may be either. */
const OFFICE_END = /(?:科|科室|股|股室|处|室|组|窗口|岗|中队|大队|支队|队|所|站|中心)$/u;
const AN_ORGAN_TOO = /(?:办公室|委员会|办事处|管理处)$/u;
const CODE = /^(?=(?:.*\d){4})[A-Za-z0-9][A-Za-z0-9\-－—–_.·/]{5,}$/;
const LEVELS =
  /^(?:(?:国家|中央|省|自治区|直辖市|市|州|地|盟|地州市|设区的?市|县|区|旗|县区|乡|镇|乡镇|街道|本)级?(?:、|，|,|和|及|\/)?)+$/;
const DUTIES =
  /(?:受理|审查|决定|送达|立案|调查|审理|审核|告知|执行|检查|处置|移送|公示|催告|事后监管|监管|办结|确认)(?:阶段)?责任|(?<!追究|承担|法律|相应)责任[:：]/;
const PERSONS = /(?:人员|负责人|责任人|领导|机关|科室|单位|主管)/;
const GROUNDS =
  /(?:情形|下列行为|不履行|不依法|未按|未依法|滥用职权|玩忽职守|徇私舞弊|违反|违法|应当.*而|不予|擅自|索取|收受)/;
const REMEDIES = /(?:复议|诉讼|申诉|投诉|举报|信访)/;
const MATERIALS =
  /(?:申请书|申请表|登记表|复印件|原件|身份证|营业执照|户口簿|证明(?:材料|文件)?(?:$|[；;。、])|承诺书|委托书|照片|图纸|材料(?:$|[；;。、]))/;
const CONDITIONS = /(?:符合|具有|具备|年满|条件|不得|有固定|拥有|取得|遵守|健全)/;
const MONEY = /(?:\d元|元[/／每]|免费|不收费|万元|[%％])/;
const ADDRESS = /(?:[路街巷道]|\d号|大厅|[层楼]|大道)/;
const HOURS = /(?:周[一二三四五六日末]|星期|工作日|上午|下午|\d{1,2}[:：]\d{2}|法定节假日)/;
const PHONE = /^[^\d]{0,12}(?:0\d{2,3}[-—－]?)?\d{7,8}|^1[23]\d{3}$|^1[3-9]\d{9}$/;

const code: CellLike = { called: '编码', test: (word) => CODE.test(word) };
const phone: CellLike = { called: '电话', test: (word) => PHONE.test(word) };
const statute: CellLike = { called: '法律依据', test: isStatute };

/** Fields whose cells can be told from those of others. */
export const CELL_LIKES: Readonly<Partial<Record<Field, CellLike>>> = {
  name: {
    called: '事项名称',
    test: (word) =>
      lookOf(word) === 'name' &&
      word.length <= 150 &&
      word.length >= 3 &&
      [code, CELL_LIKES.dutiesText, CELL_LIKES.handlingOffice, CELL_LIKES.level].every(
        (other) => other?.test(word) !== true,
      ),
  },
  category: { called: '权力类型', test: (word) => findCategory(word) !== undefined },
  basisText: statute,
  dutyBasisText: statute,
  implementingOrgan: { called: '机关名称', test: (word) => everyName(word, ORGAN_END) },
  handlingOffice: {
    called: '内设机构',
    test: (word) => everyName(word, OFFICE_END) && !everyName(word, AN_ORGAN_TOO),
  },
  level: { called: '层级', test: (word) => LEVELS.test(word) },
  dutiesText: { called: '责任事项', test: (word) => DUTIES.test(word) },
  accountablePersons: {
    called: '追责对象',
    test: (word) => word.length <= 60 && PERSONS.test(word) && !GROUNDS.test(word),
  },
  accountabilityGrounds: { called: '追责情形', test: (word) => GROUNDS.test(word) && !DUTIES.test(word) },
  remedies: { called: '救济渠道', test: (word) => REMEDIES.test(word) },
  serial: { called: '序号', test: (word) => lookOf(word) === 'serial' },
  baseCode: code,
  implementationCode: code,
  businessCode: code,
  formerCode: code,
  itemCode: code,
  conditions: {
    called: '受理条件',
    test: (word) => CONDITIONS.test(word) && !MATERIALS.test(word),
  },
  materials: { called: '申请材料', test: (word) => MATERIALS.test(word) },
  charged: { called: '是否收费', test: (word) => /^(?:是|否|收费|不收费)$/.test(word) },
  feeStandard: { called: '收费标准', test: (word) => MONEY.test(word) && !statute.test(word) },
  feeBasis: { called: '收费依据', test: (word) => statute.test(word) || /[〔[]\d{4}[〕\]]\d+号/.test(word) },
  windowAddress: { called: '办理地点', test: (word) => ADDRESS.test(word) && !HOURS.test(word) },
  windowHours: { called: '办理时间', test: (word) => HOURS.test(word) },
  windowUrl: { called: '网址', test: (word) => /^(?:https?:\/\/|www\.)/i.test(word) },
  consultation: phone,
  complaint: phone,
};

/** The share of cells that look like those of a field, 0 to 1. */
export function shareLike(texts: readonly string[], { test }: CellLike): number {
  return texts.length === 0 ? 0 : texts.filter((text) => test(withoutBlanks(text))).length / texts.length;
}
