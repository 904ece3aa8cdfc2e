import { say } from '../../scripts/page/language.ts';
import type { Task } from '../../scripts/verify/protocol.ts';
import { verifyInWorker } from '../../scripts/verify/verify.ts';
import { verdictNodes } from './show-verdict.ts';

/** formats §5.2; a film dropped by mistake should not freeze a phone. */
const MAX_FILE_BYTES = 4 * 1024 * 1024;

/** Checks a file, or the code behind `#`, on this device alone. */
class CertificateCheck extends HTMLElement {
  /** grows with each check: a slow verdict must not replace that of a later file */
  #turn = 0;

  connectedCallback(): void {
    const drop = this.piece('[data-drop]');
    const input = this.querySelector<HTMLInputElement>('input[type=file]');
    drop.hidden = false;
    input?.addEventListener('change', () => {
      void this.checkFile(input.files?.[0]);
    });
    // Anywhere on the page: a file dropped beside the box would otherwise be opened by the browser, unchecked.
    addEventListener('dragover', (event) => {
      event.preventDefault();
      drop.classList.add('over');
    });
    addEventListener('dragleave', (event) => {
      if (event.relatedTarget === null) drop.classList.remove('over');
    });
    addEventListener('drop', (event) => {
      event.preventDefault();
      drop.classList.remove('over');
      void this.checkFile(event.dataTransfer?.files[0]);
    });
    if (this.dataset['code'] === undefined) return;
    addEventListener('hashchange', () => void this.checkCode());
    void this.checkCode();
  }

  async checkFile(file: File | undefined): Promise<void> {
    if (!file) return;
    if (file.size > MAX_FILE_BYTES) {
      this.clear(
        say(
          `“${file.name}”太大了（超过 4 MB），不会是电子证照。请选择证照的 PDF 原件。`,
          `“${file.name}” is too large (over 4 MB) to be a certificate. Choose the PDF of the certificate itself.`,
        ),
      );
      return;
    }
    let bytes: Uint8Array<ArrayBuffer>;
    try {
      bytes = new Uint8Array(await file.arrayBuffer());
    } catch {
      this.clear(
        say(
          `没能读出“${file.name}”：文件可能被移走了，或者正被别的程序占用。请再选一次。`,
          `“${file.name}” could not be read: it may have been moved, or another program holds it. Choose it again.`,
        ),
      );
      return;
    }
    await this.check({ kind: 'document', bytes }, `“${file.name}”`);
  }

  async checkCode(): Promise<void> {
    if (location.hash.length <= 1) {
      this.clear(
        say(
          '网址里没有二维码的内容。请重新扫描证照上的二维码，或者在上面选择证照文件。',
          'The address holds no code. Scan the code on the certificate again, or choose the file above.',
        ),
      );
      return;
    }
    // formats §7.1: upper case, as the code itself spells it.
    const text = `${location.origin.toUpperCase()}/V/${location.hash}`;
    await this.check({ kind: 'code', text }, say('二维码', 'the code'));
  }

  async check(subject: Task['subject'], name: string): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    this.clear(say(`正在检查${name}……`, `Checking ${name} …`));
    try {
      const verdict = await verifyInWorker(subject, this.dataset['root'] ?? '');
      if (turn !== this.#turn) return;
      const section = this.piece('[data-verdict]');
      section.replaceChildren(...verdictNodes(verdict));
      section.hidden = false;
      this.piece('[data-status]').textContent = say(
        `${name}检查完毕，结论如下。`,
        `Checked ${name}. The verdict:`,
      );
      section.querySelector<HTMLElement>('#verdict-title')?.focus();
    } catch {
      if (turn !== this.#turn) return;
      this.clear(
        say(
          '没能检查：这个浏览器可能太旧，或者网站正在更新。请刷新再试，或换一个浏览器。没有得出任何结论。',
          'It could not be checked: this browser may be too old, or the site is being updated. Reload, or use another browser. There is no verdict.',
        ),
      );
    }
  }

  clear(status: string): void {
    this.piece('[data-verdict]').hidden = true;
    this.piece('[data-status]').textContent = status;
  }

  piece(selector: string): HTMLElement {
    const node = this.querySelector<HTMLElement>(selector);
    if (!node) throw new Error(`no ${selector}`);
    return node;
  }
}

customElements.define('certificate-check', CertificateCheck);
