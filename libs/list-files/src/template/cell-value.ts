/** How a value of the model stands in a cell. */
export type CellValue =
  | { readonly kind: 'text' }
  | { readonly kind: 'whole' }
  /** 是, or nothing */
  | { readonly kind: 'mark' }
  /** 是 or 否 */
  | { readonly kind: 'yes-no' }
  /** one of several words, each for a code */
  | { readonly kind: 'choice'; readonly words: Readonly<Record<string, string>> }
  /** several of them, with 、 between */
  | { readonly kind: 'choices'; readonly words: Readonly<Record<string, string>> }
  /** one a line */
  | { readonly kind: 'lines' }
  /** 结束 for a list that is there and empty */
  | { readonly kind: 'ends' };

type Decoded = { readonly value: unknown } | { readonly message: string };

/** The words a drop-down offers; none where anything may be written. */
export function offeredWords(value: CellValue): readonly string[] {
  switch (value.kind) {
    case 'choice':
      return inOrder(value.words);
    case 'mark':
      return ['是'];
    case 'yes-no':
      return ['是', '否'];
    case 'ends':
      return ['结束'];
    default:
      return [];
  }
}

/** Value of the model → what stands in the cell; '' where there is none. */
export function encodeCell(kind: CellValue, value: unknown): string {
  if (value === undefined) return '';
  switch (kind.kind) {
    case 'mark':
      return value === true ? '是' : '';
    case 'yes-no':
      return value === true ? '是' : '否';
    case 'choice':
      return kind.words[plain(value)] ?? plain(value);
    case 'choices':
      return (Array.isArray(value) ? value : [])
        .map((code) => kind.words[String(code)] ?? String(code))
        .join('、');
    case 'lines':
      return (Array.isArray(value) ? value : []).join('\n');
    case 'ends':
      return Array.isArray(value) && value.length === 0 ? '结束' : '';
    case 'text':
    case 'whole':
      return plain(value);
  }
}

/** Codes that are numbers in their order: '10' and '20' are integer keys and would come before '01'. */
function inOrder(words: Readonly<Record<string, string>>): readonly string[] {
  const entries = Object.entries(words);
  const numbered = entries.every(([code]) => /^\d+$/.test(code));
  return (numbered ? entries.toSorted(([a], [b]) => Number(a) - Number(b)) : entries).map(([, word]) => word);
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What stands in a cell, which is not '' → the value; or what to write instead. */
export function decodeCell(kind: CellValue, text: string): Decoded {
  switch (kind.kind) {
    case 'text':
      return { value: text };
    case 'whole':
      return /^\d{1,6}$/.test(text)
        ? { value: Number(text) }
        : { message: `应当是整数，如 20，而不是“${shorten(text)}”。` };
    case 'mark':
      return decodeYes(text) === true
        ? { value: true }
        : decodeYes(text) === false
          ? { value: undefined }
          : { message: `只能填“是”，或者留空，而不是“${shorten(text)}”。` };
    case 'yes-no': {
      const value = decodeYes(text);
      return value === undefined ? { message: `只能填“是”或“否”，而不是“${shorten(text)}”。` } : { value };
    }
    case 'choice':
      return decodeWord(kind.words, text);
    case 'choices': {
      const codes: unknown[] = [];
      for (const word of text.split(/[、，,；;\s]+/).filter((part) => part !== '')) {
        const decoded = decodeWord(kind.words, word);
        if ('message' in decoded) return decoded;
        codes.push(decoded.value);
      }
      return { value: codes };
    }
    case 'lines':
      return {
        value: text
          .split('\n')
          .map((line) => line.trim())
          .filter((line) => line !== ''),
      };
    case 'ends':
      return text === '结束'
        ? { value: [] }
        : { message: `只能填“结束”，或者留空，而不是“${shorten(text)}”。` };
  }
}

function decodeWord(words: Readonly<Record<string, string>>, text: string): Decoded {
  const plain = text.replace(/\s+/g, '');
  const found = Object.entries(words).find(([code, word]) => word === plain || code === plain);
  return found
    ? { value: found[0] }
    : { message: `只能填：${inOrder(words).join('、')}；而不是“${shorten(text)}”。` };
}

function decodeYes(text: string): boolean | undefined {
  if (/^(?:是|√|✓|★|有|y|yes|true|1)$/i.test(text)) return true;
  return /^(?:否|×|✗|无|n|no|false|0)$/i.test(text) ? false : undefined;
}

export function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 40 ? `${line.slice(0, 40)}…` : line;
}
