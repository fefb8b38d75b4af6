import { expect, test } from 'vitest';
import { drawDays } from '../../src/publish/status-chart.ts';

const DAYS = [
  { label: '1', value: 0, title: '2026-10-01: 0 min' },
  { label: '2', value: 6, title: '2026-10-02: 6 h' },
  { label: '3', value: 24, title: '2026-10-03: 24 h <late>' },
  { label: '4', value: undefined, title: '2026-10-04: not measured' },
];
const draw = (limit?: number) =>
  drawDays({
    days: DAYS,
    limit: limit === undefined ? undefined : { value: limit, label: `stated ${limit} h` },
    scale: (value) => `${value} h`,
    description: 'Oldest "CRL"',
  });

test('a day that passes the limit bears a sign, and one that was not measured an empty frame', () => {
  expect(draw(12)).toMatchInlineSnapshot(
    `"<svg class="days" width="100%" height="122" role="img" aria-label="Oldest &quot;CRL&quot;"><line class="ground" x1="0" y1="104" x2="100%" y2="104"/><rect class="within" x="3.75%" y="104" width="17.5%" height="0"><title>2026-10-01: 0 min</title></rect><rect class="within" x="28.75%" y="83" width="17.5%" height="21"><title>2026-10-02: 6 h</title></rect><rect class="over" x="53.75%" y="20" width="17.5%" height="84"><title>2026-10-03: 24 h &lt;late&gt;</title></rect><text class="over" x="62.5%" y="18" text-anchor="middle">!</text><rect class="unmeasured" x="78.75%" y="20" width="17.5%" height="84"><title>2026-10-04: not measured</title></rect><line class="limit" x1="0" y1="62" x2="100%" y2="62"/><text class="limit" x="100%" y="57" text-anchor="end">stated 12 h</text><text class="most" x="0" y="13">24 h</text><text class="day" x="12.5%" y="118" text-anchor="middle">1</text></svg>"`,
  );
});

test('without a limit no day passes it, and the highest value is named', () => {
  expect(draw()).not.toMatch(/class="over"|class="limit"/);
  expect(draw()).toContain('<text class="most" x="0" y="13">24 h</text>');
});

test('the limit is on the scale where all keep it', () => {
  expect(draw(48)).toContain('<line class="limit" x1="0" y1="20"');
  expect(draw(48)).not.toContain('class="most"');
});

test('nothing measured makes no bars', () => {
  const svg = drawDays({ days: [{ label: '1', value: undefined, title: 'none' }], scale: String, description: 'none' });
  expect(svg.match(/<rect class="(\w+)"/g)).toEqual(['<rect class="unmeasured"']);
  expect(svg).not.toContain('NaN');
});
