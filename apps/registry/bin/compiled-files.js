// What was compiled stays until its source changes. Any number of processes may share the folder, and whoever may not
// write there, or finds something broken, compiles for itself.
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export class CompiledFiles {
  #folder;
  #compiler;
  #writable = true;

  /** @param compiler everything besides the source that the result depends on */
  constructor(folder, compiler) {
    this.#folder = folder;
    this.#compiler = compiler;
  }

  /** @param name of the source, one file each. @param source its bytes. @param compile text → code */
  read(name, source, compile) {
    const path = join(this.#folder, `${hash(name)}.js`);
    const key = hash(this.#compiler, '\0', name, '\0', source);
    const kept = this.#find(path, key);
    if (kept !== undefined) return kept;
    const code = compile(source.toString('utf8'));
    if (this.#writable) this.#keep(path, `${key} ${hash(code)}\n${code}`);
    return code;
  }

  /** A power failure may leave a file that is named and not written: the code is believed by its hash. */
  #find(path, key) {
    try {
      const text = readFileSync(path, 'utf8');
      const end = text.indexOf('\n');
      const code = text.slice(end + 1);
      return text.slice(0, end) === `${key} ${hash(code)}` ? code : undefined;
    } catch {
      return undefined;
    }
  }

  #keep(path, text) {
    const temporary = `${path}.${randomBytes(6).toString('hex')}`;
    try {
      mkdirSync(this.#folder, { recursive: true });
      writeFileSync(temporary, text, { flag: 'wx' });
      renameSync(temporary, path);
    } catch {
      this.#writable = false;
      this.#remove(temporary);
    }
  }

  #remove(temporary) {
    try {
      rmSync(temporary, { force: true });
    } catch {
      // Where nothing can be written nothing is left behind.
    }
  }
}

function hash(...parts) {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(part);
  return sum.digest('hex');
}
