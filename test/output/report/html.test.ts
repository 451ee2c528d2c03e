import { describe, expect, it } from 'vitest';
import { fc } from '../../support/random.ts';
import { html } from '../../../src/output/report/html.ts';

describe('html', () => {
  it('escapes what is put in, in text and in attributes, once', () => {
    const name = `<b onmouseover="x('&amp;')">`;
    expect(html`<td title="${name}">${name}</td>`.markup).toBe(
      '<td title="&lt;b onmouseover=&quot;x(&#39;&amp;amp;&#39;)&quot;&gt;">&lt;b onmouseover=&quot;x(&#39;&amp;amp;&#39;)&quot;&gt;</td>',
    );
  });

  it('puts in html, lists and numbers as they are, and null as nothing', () => {
    const items = ['a', 'b'].map((item) => html`<li>${item}</li>`);
    expect(
      html`<ul>
        ${items}${null}${7}
      </ul>`.markup.replaceAll(/\s/g, ''),
    ).toBe('<ul><li>a</li><li>b</li>7</ul>');
  });

  it('lets no text open a tag, end an attribute, or turn the direction of the page', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const inside = /^<p class="([^]*)">([^]*)<\/p>$/.exec(html`<p class="${text}">${text}</p>`.markup);
        expect(inside?.[1]).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)|[\u202a-\u202e\u2066-\u2069]/);
        expect(inside?.[2]).toBe(inside?.[1]);
      }),
    );
  });
});
