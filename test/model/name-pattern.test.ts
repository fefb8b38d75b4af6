import { describe, expect, test } from 'vitest';
import { Adopt } from '../../src/model/config.ts';
import { matchName, showName, showText, spellVersion } from '../../src/model/name-pattern.ts';
import { processorTime } from '../helpers/processor-time.ts';

describe('matchName', () => {
  test.each([
    ['CPS-v{version}', 'CPS-v2.0', '2.0'],
    ['CPS-v{version}', 'CPS-v2.10', '2.10'],
    ['CPS-v{version}', 'OLD-CPS-v2.0', undefined],
    ['CPS-v{version}', 'CPS-v2.0x-y', undefined],
    ['CP-v*_CPS-v{version}', 'CP-v3.1_CPS-v4.1', '4.1'],
    ['CP-v{version}', 'CP-v3.1_CPS-v4.1', undefined],
    ['CP-v{version}_CPS-v*', 'CP-v3.1_CPS-v4.1', '3.1'],
    ['CP_*_CPS_{version}', 'CP_3-1_CPS_4-1', '4.1'],
    ['CP_{version}_CPS_*', 'CP_3-1_CPS_4-1', '3.1'],
    ['BRs/{version}', 'BRs/2.1.6', '2.1.6'],
    ['BRs/{version}', 'BRs/v2.1.5', undefined],
    ['BRs/v{version}', 'BRs/2.1.6', undefined],
    ['v{version}', 'v5.0-rc1', undefined],
    ['v{version}', 'v5.0_draft', undefined],
    ['v{version}', 'v2.1a', '2.1a'],
    ['v{version}', 'v2024-02-01', '2024-02-01'],
    ['v{version}', 'v2024_02_01', '2024.02.01'],
    ['*{version}', 'release-12.5', '12.5'],
    ['{version}*', '12.5-final', '12.5'],
    ['v{version}.', 'v1x', undefined],
    ['a.c{version}', 'abc1', undefined],
    ['v{version}', 'v1\n', undefined],
  ])('%s fits %s as %s', (pattern, name, version) => {
    expect(matchName(pattern, name)?.version).toBe(version);
  });

  test.each([
    ['archive/cps-{version}-{date}.md', 'archive/cps-2.1-2024-02-01.md', '2.1', '2024-02-01'],
    ['archive/cps-{version}-{date}.md', 'archive/cps-2-1-20240201.md', '2.1', '2024-02-01'],
    ['archive/cps-{version}-{date}.md', 'archive/cps-3-2024-02-01.md', '3', '2024-02-01'],
    ['archive/cps-{date}.pdf', 'archive/cps-2024_02_01.pdf', undefined, '2024-02-01'],
    ['archive/cps-{date}.pdf', 'archive/cps-2024-13-41.pdf', undefined, '2024-13-41'],
    ['archive/{date}/*-{version}.md', 'archive/2024.02.01/cps-en-1.0.md', '1.0', '2024-02-01'],
  ])('%s fits %s', (pattern, path, version, date) => {
    expect(matchName(pattern, path)).toEqual({ ...(version && { version }), date });
  });

  test('a name far too long does not fit, and takes no time', () => {
    const used = processorTime();
    expect(matchName('*a*b*{version}', 'ab'.repeat(10_000))).toBeUndefined();
    expect(matchName('*a*b*{version}', 'ab'.repeat(249))).toBeUndefined();
    expect(used()).toBeLessThan(1000);
  });
});

test('a version whose numbers are parted by hyphens or underscores is spelled with points', () => {
  expect(['4-1', '4_1_2', '2024-02-01', '2.0-1', '7'].map(spellVersion)).toEqual(['4.1', '4.1.2', '2024-02-01', '2.0-1', '7']);
});

test('what a terminal would obey is shown as its code point', () => {
  expect(showText('v1\u001b[31m\u202e\u009b')).toBe('v1\\u{1b}[31m\\u{202e}\\u{9b}');
  expect(showName('x'.repeat(200))).toHaveLength(120);
});

test.each([
  [{ tags: ['CPS-v'] }, 'a tag pattern with {version} in it once'],
  [{ tags: ['{version}{version}'] }, 'a tag pattern with {version} in it once'],
  [{ tags: ['*a*b*c*{version}'] }, 'at most 3 stars'],
  [{ files: ['archive/cps.md'] }, 'a path with {version} or {date}'],
])('the configuration refuses %j', (adopt, message) => {
  expect(Adopt.safeParse(adopt).error?.issues[0]?.message).toContain(message);
});
