import { describe, expect, test } from '@jest/globals';
import { escapeXml } from './xml.ts';

describe('XML', () => {
  test.each([
    ['<script>&"', '&lt;script&gt;&amp;&quot;'],
    ['铃\u0007与半个\ud800字', '铃\ufffd与半个\ufffd字'],
    ['一行\r\n两行', '一行&#13;\n两行'],
    ['𠮷祥', '𠮷祥'],
  ])('%j is written as %j', (text, written) => {
    expect(escapeXml(text)).toBe(written);
  });
});
