import { parseItemKey } from '@mandate/published';
import { utf8 } from '@mandate/encoding';
import { INDEXES, NAMES_PER_FILE, namesPath, READINGS_FILE, shardPath } from '../codec/manifest.ts';
import { encodeShard } from '../codec/shards.ts';
import { encodeReadings } from '../words/readings.ts';
import { getReadings } from '../words/spoken.ts';
import type { DocumentRow } from './document-row.ts';
import { emitTerms, type DocumentText } from './document-terms.ts';
import { partsOf } from './overview.ts';
import { PostingBuilder } from './posting-builder.ts';

export type IndexFile = readonly [path: string, bytes: Uint8Array];

/** All files of an index but those that follow from all rows at once (`makeOverview`): documents in, bytes out. */
export class IndexBuilder {
  readonly #builders = new Map(INDEXES.map((index) => [index, new PostingBuilder()]));

  /** @param document numbers come in ascending order; one without text needs no call */
  add(document: number, text: DocumentText): void {
    emitTerms(text, (index, term, list) => this.#builders.get(index)?.add(term, list, document));
  }

  /** Once: what was written is let go, a province fills a gigabyte. @param rows of all documents, in order */
  *files(rows: readonly DocumentRow[]): Generator<IndexFile> {
    const bits = partsOf(rows.length);
    for (const [index, builder] of this.#builders) {
      for (const [shard, terms] of builder.shards(bits[index])) {
        yield [shardPath(index, shard), encodeShard(terms)];
      }
      this.#builders.delete(index);
    }
    for (let file = 0; file * NAMES_PER_FILE < rows.length; file += 1) yield namesFile(rows, file);
    yield [READINGS_FILE, encodeReadings(getReadings())];
  }
}

/** Name and the last part of the address of a few neighbours. */
export function namesFile(rows: readonly DocumentRow[], file: number): IndexFile {
  const own = rows.slice(file * NAMES_PER_FILE, (file + 1) * NAMES_PER_FILE);
  const names = own.map(({ key, name }) => [name, parseItemKey(key).number]);
  return [namesPath(file), utf8(JSON.stringify(names))];
}
