// How a reader wants the site to look: language, size of type, colours. Runs before the first paint, so that nothing
// flashes; a file of its own because the content security policy forbids inline scripts. Without it the page is Chinese,
// its colours follow the system and its size the browser.
(() => {
  const root = document.documentElement;
  const CHOICES = { language: ['zh', 'en'], size: ['normal', 'large'], theme: ['auto', 'light', 'dark'] };
  const ATTRIBUTES = ['aria-label', 'placeholder', 'title', 'alt', 'content', 'label', 'value', 'data-word'];
  const WORDED = ['[data-en]', ...ATTRIBUTES.map((name) => `[data-en-${name}]`)].join(',');

  const recall = (name) => {
    try {
      return localStorage.getItem(`display ${name}`);
    } catch {
      return null;
    }
  };
  const remember = (name, value) => {
    try {
      localStorage.setItem(`display ${name}`, value);
    } catch {
      // Refused or full: the choice holds for this page.
    }
  };
  const read = (name) => {
    const value = root.dataset[name];
    return CHOICES[name].includes(value) ? value : CHOICES[name][0];
  };
  const write = (name, value) => {
    if (value === CHOICES[name][0]) delete root.dataset[name];
    else root.dataset[name] = value;
  };

  /** The Chinese of what was put into English: of text nodes, and of attributes by name. */
  const chinese = new WeakMap();

  function translate(element, toEnglish) {
    if (element.hasAttribute('data-en')) {
      // Text nodes only: a picture beside the words stays.
      const texts = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
      if (texts.length === 0 && element.childElementCount === 0)
        texts.push(element.appendChild(new Text('')));
      const first = texts.find((node) => node.data.trim() !== '') ?? texts[0];
      for (const node of texts) {
        if (!chinese.has(node)) chinese.set(node, node.data);
        node.data = !toEnglish ? chinese.get(node) : node === first ? element.dataset.en : '';
      }
      if (toEnglish) element.lang = 'en';
      else element.removeAttribute('lang');
    }
    for (const name of ATTRIBUTES) {
      const english = element.getAttribute(`data-en-${name}`);
      if (english === null) continue;
      const kept = chinese.get(element) ?? {};
      kept[name] ??= element.getAttribute(name) ?? '';
      chinese.set(element, kept);
      element.setAttribute(name, toEnglish ? english : kept[name]);
    }
  }

  const wordedIn = (node) => [...(node.matches(WORDED) ? [node] : []), ...node.querySelectorAll(WORDED)];

  // While the page is still being read, an element is whole only when something stands behind it.
  let loading = document.readyState === 'loading';
  const pending = new Set();
  const isWhole = (element) => {
    for (let at = element; at && at !== root; at = at.parentElement) if (at.nextSibling) return true;
    return false;
  };
  const flush = () => {
    for (const element of pending) {
      if (loading && !isWhole(element)) continue;
      pending.delete(element);
      translate(element, true);
    }
  };
  // Also what scripts put in later.
  const observer = new MutationObserver((records) => {
    for (const { addedNodes } of records) {
      for (const node of addedNodes) {
        if (node.nodeType !== Node.ELEMENT_NODE) continue;
        for (const element of wordedIn(node)) if (element.lang !== 'en') pending.add(element);
      }
    }
    flush();
  });
  const observe = () => {
    if (read('language') === 'en') observer.observe(root, { childList: true, subtree: true });
    else observer.disconnect();
  };

  function choose(name, value) {
    write(name, value);
    remember(name, value);
    if (name === 'language') {
      observer.disconnect();
      for (const element of wordedIn(root)) translate(element, value === 'en');
      observe();
      document.dispatchEvent(new CustomEvent('mandate-language'));
    }
    show();
  }

  /** The switches of the header say what holds now. */
  function show() {
    for (const control of document.querySelectorAll('[data-display]')) {
      const name = control.dataset.display;
      if (control instanceof HTMLSelectElement) control.value = read(name);
      else if (name === 'size') control.setAttribute('aria-pressed', String(read(name) === 'large'));
    }
  }

  const asked = new URLSearchParams(location.search).get('lang');
  if (asked === 'zh' || asked === 'en') remember('language', asked);
  for (const name of Object.keys(CHOICES)) {
    const value = (name === 'language' && CHOICES.language.includes(asked) ? asked : recall(name)) ?? '';
    if (CHOICES[name].includes(value)) write(name, value);
  }
  if (read('language') === 'en') for (const element of wordedIn(root)) pending.add(element);
  observe();
  flush();

  addEventListener('DOMContentLoaded', () => {
    loading = false;
    flush();
    show();
    for (const box of document.querySelectorAll('[data-display-box]')) box.hidden = false;
    for (const control of document.querySelectorAll('[data-display]')) {
      const name = control.dataset.display;
      if (control instanceof HTMLSelectElement) {
        control.addEventListener('change', () => choose(name, control.value));
      } else {
        const [first, second] = CHOICES[name];
        control.addEventListener('click', () => choose(name, read(name) === first ? second : first));
      }
    }
  });
})();
