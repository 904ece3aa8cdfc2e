import { Transform } from 'node:stream';

const NEWLINE = 0x0a;

/** Counts rows on their way: in the text form of COPY a line is a row, and a line break in a value is written `\n`. */
export class LineCount extends Transform {
  count = 0;

  override _transform(
    chunk: Buffer,
    _encoding: BufferEncoding,
    done: (error: null, chunk: Buffer) => void,
  ): void {
    for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, at + 1)) this.count += 1;
    done(null, chunk);
  }
}
