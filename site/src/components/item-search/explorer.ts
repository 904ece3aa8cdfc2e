import {
  arrange,
  ask,
  distanceWithin,
  IndexFiles,
  questionRuns,
  RANK,
  SearchIndexError,
  type Answer,
  type Arranged,
  type LoadFile,
} from '@mandate/search';
import type { ExplorerState } from './address-state.ts';
import { foundDocument, type FoundDocument } from './result-view.ts';

export const PAGE_ROWS = 20;
/** Similar names looked at closely, to show the most alike first. */
const LOOKED_AT = 24;

/** One page of what the explorer shows. */
export interface Shown {
  readonly state: ExplorerState;
  readonly index: IndexFiles;
  readonly answer: Answer;
  readonly arranged: Arranged;
  readonly rows: readonly FoundDocument[];
  readonly pages: number;
  /** to be marked in names */
  readonly words: readonly string[];
}

/** Finds pages, each answer as it becomes better. The index is opened once, and anew when it was rebuilt meanwhile. */
export class Explorer {
  readonly #load: LoadFile;
  #index: IndexFiles | undefined;

  constructor(load: LoadFile) {
    this.#load = load;
  }

  /** @throws SearchIndexError; the signal's reason when it is given up */
  async *show(state: ExplorerState, signal: AbortSignal): AsyncGenerator<Shown> {
    try {
      yield* this.#show(state, signal);
    } catch (error) {
      // Half of the files may be of the index before: everything once more, from the beginning.
      if (!(error instanceof SearchIndexError) || error.code === 'unreachable') throw error;
      this.#index = undefined;
      yield* this.#show(state, signal);
    }
  }

  async *#show(state: ExplorerState, signal: AbortSignal): AsyncGenerator<Shown> {
    const index = (this.#index ??= await IndexFiles.open(this.#load, signal));
    for await (const answer of ask(index, state.q, { texts: state.texts, signal })) {
      const arranged = arrange(index.manifest, index.columns, answer.ranks, state.choice);
      if (answer.similar) await sortByLikeness(index, arranged.documents, answer, state.q, signal);
      const pages = Math.max(1, Math.ceil(arranged.documents.length / PAGE_ROWS));
      const page = Math.min(state.page, pages);
      const own = [...arranged.documents.subarray((page - 1) * PAGE_ROWS, page * PAGE_ROWS)];
      const names = await index.names(own, signal);
      yield {
        state: { ...state, page },
        index,
        answer,
        arranged,
        rows: names.map((name, i) => foundDocument(index, own[i] ?? 0, name)),
        pages,
        words: [...questionRuns(state.q), ...answer.meanings],
      };
    }
  }
}

/** Only the first ones: the most alike of all stand among them. */
async function sortByLikeness(
  index: IndexFiles,
  documents: Uint32Array,
  { ranks }: Answer,
  question: string,
  signal: AbortSignal,
): Promise<void> {
  const own = [...documents.subarray(0, LOOKED_AT)];
  const names = await index.names(own, signal);
  const runs = questionRuns(question);
  const distances = new Map(
    own.map((document, i) => {
      const name = names[i]?.name ?? '';
      // What sounds the same is as near as one wrong character.
      const sounds = (ranks[document] ?? 0) < RANK.near;
      const distance = runs.reduce((sum, run) => sum + distanceWithin(name, run), 0);
      return [document, sounds ? Math.min(1, distance) : distance];
    }),
  );
  documents.set(own.sort((a, b) => (distances.get(a) ?? 0) - (distances.get(b) ?? 0)));
}
