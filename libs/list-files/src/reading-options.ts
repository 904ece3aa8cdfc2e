import { CATEGORIES, CATEGORY_CODES, type CategoryCode } from '@mandate/codes';
import { findCategory } from '@mandate/lists';
import * as z from 'zod';
import { COLUMN_NAMES, type Field, findNamedField } from './own-columns/header-words.ts';

/** What a person says of a file's columns, where the file itself does not say it or says it in words of its own. */
export interface ReadingOptions {
  /** field → the words that head its column in the file */
  readonly columns?: Readonly<Partial<Record<Field, string>>>;
  /** of all items whose row names none */
  readonly category?: CategoryCode;
  /** the words that head the column whose cells say whose each item is */
  readonly splitBy?: string;
}

/** What is written where it is said: `名称=许可事项名称`, `行政许可`, `行使主体`. */
export interface SaidOfColumns {
  readonly column?: readonly string[] | undefined;
  readonly category?: string | undefined;
  readonly splitBy?: string | undefined;
}

const HEADER_WORDS = 100;

const ColumnChoice = z.string().transform((text, { issues }): readonly [Field, string] => {
  const [, named = '', words = ''] = /^([^=＝]*)[=＝](.*)$/su.exec(text)?.map((part) => part.trim()) ?? [];
  const refuse = (message: string): never => {
    issues.push({ code: 'custom', message, input: text });
    return z.NEVER;
  };
  if (named === '' || words === '') return refuse('请写作“字段=文件里的表头”，例如 名称=许可事项名称');
  if (words.length > HEADER_WORDS) return refuse(`表头最多 ${HEADER_WORDS.toString()} 个字`);
  const field = findNamedField(named);
  if (field === undefined)
    return refuse(`没有“${named.slice(0, 30)}”这个字段；可用的有：${Object.values(COLUMN_NAMES).join('、')}`);
  return [field, words];
});

/** Each `字段=表头`, every field once. */
export const ColumnChoices = z
  .array(ColumnChoice)
  .max(40, '最多 40 列')
  .transform((choices, { issues }): NonNullable<ReadingOptions['columns']> => {
    const columns: Partial<Record<Field, string>> = {};
    for (const [field, words] of choices) {
      if (columns[field] !== undefined)
        issues.push({ code: 'custom', message: `“${COLUMN_NAMES[field]}”只能指明一列`, input: choices });
      columns[field] = words;
    }
    return columns;
  });

/** The name of a category as lists word it, or its code. */
export const CategoryChoice = z.string().transform((text, { issues }): CategoryCode => {
  const code = findCategory(text) ?? CATEGORY_CODES.find((one) => one === text.trim());
  if (code !== undefined) return code;
  issues.push({
    code: 'custom',
    message: `不认识的权力类型“${text.slice(0, 30)}”；请用：${CATEGORY_CODES.map((code) => CATEGORIES[code]).join('、')}`,
    input: text,
  });
  return z.NEVER;
});

/** Words that head a column. */
export const HeaderWords = z
  .string()
  .trim()
  .min(1, '请写出文件里的表头')
  .max(HEADER_WORDS, `最多 ${HEADER_WORDS.toString()} 个字`);

const SaidSchema = z.object({
  column: ColumnChoices.optional(),
  category: CategoryChoice.optional(),
  splitBy: HeaderWords.optional(),
});

/**
 * What a person wrote → what the reader is told.
 * @throws z.ZodError, each issue at `column`, `category` or `splitBy`, its words for people
 */
export function parseReadingOptions(said: SaidOfColumns): ReadingOptions {
  const { column, ...others } = SaidSchema.parse(said);
  return readingOptions({ columns: column, ...others });
}

/** Only what is said: an option that is undefined is none. */
export function readingOptions(said: {
  readonly columns?: ReadingOptions['columns'] | undefined;
  readonly category?: CategoryCode | undefined;
  readonly splitBy?: string | undefined;
}): ReadingOptions {
  const { columns = {}, category, splitBy } = said;
  return {
    ...(Object.keys(columns).length > 0 && { columns }),
    ...(category !== undefined && { category }),
    ...(splitBy !== undefined && { splitBy }),
  };
}
