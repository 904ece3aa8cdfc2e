/** The npm package brings no types. Only what is used here. */
declare module 'subset-font' {
  export default function subsetFont(
    font: Buffer,
    text: string,
    options?: {
      readonly targetFormat?: 'truetype' | 'woff2';
      readonly noHinting?: boolean;
      readonly noLayoutClosure?: boolean;
      readonly dropTables?: readonly string[];
    },
  ): Promise<Buffer>;
}
