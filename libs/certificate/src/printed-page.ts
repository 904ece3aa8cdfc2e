import { CATEGORIES, maskCitizenId } from '@mandate/codes';
import type { Certificate } from './certificate.ts';

export interface PrintedField {
  label: string;
  value: string;
}

/** Every word of a certificate's page, in the order it is read. Layout adds nothing and leaves nothing out. */
export interface PrintedPage {
  title: string;
  /** under the title, on a sample only */
  sampleNotice?: string;
  number: PrintedField;
  statement?: string;
  /** holder, face fields, validity */
  fields: PrintedField[];
  /** the listed power, the identifier, the address for checking */
  proofs: PrintedField[];
  qrCaption: string;
  notice: string;
  issuer: PrintedField;
  issueDate: string;
}

/** What is printed but not in the certificate: the type's sentence, and where the public checks, e.g. `https://…/v/`. */
export interface PrintedContext {
  statement?: string | undefined;
  checkAddress: string;
}

/** GB/T 36903 CZZTDMLXDM as seen in practice */
const HOLDER_CODE_LABELS: Readonly<Record<string, string>> = {
  '001': '统一社会信用代码',
  '099': '证件号码',
  '111': '公民身份号码',
  '114': '军官证号',
  '115': '武警警官证号',
  '118': '士兵证号',
  '119': '武警士兵证号',
  '120': '文职人员证号',
  '122': '武警文职人员证号',
  '411': '外交护照号',
  '412': '公务护照号',
  '413': '公务普通护照号',
  '414': '护照号码',
  '511': '台湾居民通行证号',
  '516': '港澳居民通行证号',
};

/** Codes of organisations; all others belong to a person and are never shown unmasked. */
const PUBLIC_CODE_TYPES = new Set(['001', '099']);

/** The words of the page, from the JSON alone: the page is drawn from them and a verifier compares with them. */
export function printedPage(certificate: Certificate, context: PrintedContext): PrintedPage {
  const { holder, mandate } = certificate;
  return {
    title: certificate.type.name,
    ...(certificate.sample && { sampleNotice: '示例　不具法律效力' }),
    number: { label: '证照编号', value: certificate.number },
    ...(context.statement && { statement: context.statement }),
    fields: [
      { label: '持证主体', value: holder.name },
      { label: HOLDER_CODE_LABELS[holder.codeType] ?? '证件号码', value: printedCode(holder) },
      ...certificate.face.map(({ label, value }) => ({ label, value })),
      {
        label: '有效期限',
        value: `${printedDate(certificate.validFrom)}至${printedDate(certificate.validUntil)}`,
      },
    ],
    proofs: [
      {
        label: '依据',
        value: `权力清单${printedCategory(mandate.category)}「${mandate.name}」\u3000${mandate.key}`,
      },
      { label: '证照标识', value: certificate.identifier },
      { label: '核验网址', value: context.checkAddress },
    ],
    qrCaption: '扫码核验',
    notice: '本电子证照载有电子签名，是否有效以核验结果为准。',
    issuer: { label: '颁发机构', value: certificate.issuer.name },
    issueDate: printedDate(certificate.issueDate),
  };
}

/**
 * All that text extraction of the page yields in content order, without blanks (`\s`): compare
 * `extracted.replace(/\s/g, '') === printedText(…)`.
 */
export function printedText(certificate: Certificate, context: PrintedContext): string {
  return printedPageTexts(printedPage(certificate, context)).join('').replace(/\s/g, '');
}

/** The texts of a page in drawing order. */
export function printedPageTexts(page: PrintedPage): string[] {
  const field = ({ label, value }: PrintedField) => [label, value];
  return [
    page.title,
    page.sampleNotice ?? '',
    ...field(page.number),
    page.statement ?? '',
    ...page.fields.flatMap(field),
    ...page.proofs.flatMap(field),
    page.notice,
    page.qrCaption,
    ...field(page.issuer),
    page.issueDate,
  ];
}

/** `2026-03-01` → 2026年3月1日 */
function printedDate(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
}

function printedCode({ code, codeType }: Certificate['holder']): string {
  if (PUBLIC_CODE_TYPES.has(codeType)) return code;
  if (codeType === '111') return maskCitizenId(code);
  return code.length <= 4 ? '****' : `${code.slice(0, 2)}${'*'.repeat(code.length - 4)}${code.slice(-2)}`;
}

function printedCategory(code: string): string {
  return new Map<string, string>(Object.entries(CATEGORIES)).get(code) ?? '';
}
