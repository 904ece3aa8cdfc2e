import { say } from '../../scripts/page/language.ts';

/**
 * Starts the check of the proof once the page stands: its code is half of all that a page needs, and a reader on a phone
 * wants to read first.
 */
class ListingProof extends HTMLElement {
  connectedCallback(): void {
    const start = (): void => void this.check();
    if (document.readyState === 'complete') start();
    else addEventListener('load', start, { once: true });
  }

  async check(): Promise<void> {
    try {
      const { checkPage } = await import('./check-page.ts');
      await checkPage(this);
    } catch {
      // Offline between the page and its check.
      const outcome = this.querySelector<HTMLElement>('[data-outcome]');
      if (!outcome) return;
      outcome.textContent = say(
        '现在没能核对，请刷新再试。',
        'The check could not be made now; reload to try again.',
      );
      outcome.hidden = false;
    }
  }
}

customElements.define('listing-proof', ListingProof);
