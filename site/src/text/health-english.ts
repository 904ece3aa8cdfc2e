import type { HealthRule } from '@mandate/lists';

interface Words {
  readonly means: string;
  readonly advice: string;
}

/** Why each rule matters and what to do, for readers who chose English. */
export const HEALTH_EN: Readonly<Record<HealthRule, Words>> = {
  'error-value': {
    means: '“#REF!” and “=HYPERLINK(…)” were left by a spreadsheet; what was meant nobody can see.',
    advice: 'Correct the formula in the workbook and write the words that belong here.',
  },
  'garbled-text': {
    means: 'The text was damaged when its encoding was changed; nobody can read or find it.',
    advice:
      'Correct it from the original; a whole file of it should be saved in another encoding and imported again.',
  },
  'markup-in-text': {
    means: '“<br>” and “&nbsp;” come from a web page or a system, not from the list.',
    advice: 'Take out the code and leave the words.',
  },
  'name-without-words': {
    means: 'A name of digits, a date or “to be decided” does not say which power it is.',
    advice: 'Compare the columns of the original and write the name of the item.',
  },
  'power-without-duties': {
    means: 'Every power comes with duties: the list must say what has to be done when it is used.',
    advice: 'Write the duties, step by step.',
  },
  'duty-without-basis': {
    means: 'A duty needs a legal basis, or nobody can be held to it.',
    advice: 'Name the law and the article of the duty.',
  },
  'power-without-basis': {
    means: 'An organ may do only what the law allows: a power without a basis cannot be listed.',
    advice: 'Name the basis; if there is none, cancel the item.',
  },
  'basis-without-article': {
    means: 'With the title of a law alone nobody can check where the power comes from.',
    advice: 'Name the article, its paragraph and item.',
  },
  'promise-longer-than-statute': {
    means: 'A promised time cannot be longer than the one the law sets.',
    advice: 'Shorten the promise or correct the statutory time.',
  },
  'fee-without-basis': {
    means: 'A fee without a basis need not be paid.',
    advice: 'Name the basis and the rate, or stop charging.',
  },
  'form-missing': {
    means: 'The list says that a form can be downloaded, and there is none.',
    advice: 'Give the address of the blank form, best with a filled-in example.',
  },
  'material-zero-copies': {
    means: 'No originals and no copies: nobody knows whether to bring it.',
    advice: 'Say how many, or take it off the list of materials.',
  },
  'material-is-certificate': {
    means: 'This registry itself issues it: the organ can look it up and must not ask for it.',
    advice: 'Take it off the list of materials and check the electronic certificate instead.',
  },
  'name-with-organ': {
    means: 'Names are the same at every level; with an organ in it a name cannot be.',
    advice: 'Take the organ out of the name.',
  },
  'name-with-place': {
    means: 'The same power has the same name everywhere.',
    advice: 'Take the place out of the name.',
  },
  'name-with-number': {
    means: 'Serials, batches and document numbers change; names should not.',
    advice: 'Take the number out of the name.',
  },
  'name-with-article': {
    means: 'A penalty “for conduct under article so-and-so” says nothing to those without the law at hand.',
    advice: 'Say in the name what the conduct is.',
  },
  'listed-twice': {
    means: 'A power that is listed twice is easily changed in one place only.',
    advice: 'Compare the two and make them one.',
  },
  'sister-name': {
    means: 'The same power should have the same name in province, city and county.',
    advice: 'Compare with the lists above and beside, and agree on one name.',
  },
  'sister-category': {
    means: 'Another category means another procedure and other remedies.',
    advice: 'Compare with the lists above and beside, and agree on one category.',
  },
  'sister-basis': {
    means: 'If each list rests on another law, at least one should be looked at.',
    advice: 'Compare with the lists above and beside, and agree on the basis.',
  },
  'measure-without-power': {
    means: 'The negative list asks for a licence that no listed power grants: where should one apply?',
    advice: 'Compare the codes; list the power, or take the measure off the negative list.',
  },
  'power-without-measure': {
    means: 'What is not on the negative list is open to all.',
    advice: 'Compare the codes; a licence to enter the market belongs on the negative list.',
  },
  'no-certificate-type': {
    means: 'What is granted is a certificate, and there is no electronic one for it yet.',
    advice: 'Register a certificate type, or point to an existing one.',
  },
};
