import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Finding {
  id: string;
  impact: string | null;
  nodes: { target: string[]; failureSummary?: string }[];
}

/** Checks a page for barriers. The script enters past the page's policy, as an extension of the browser would. */
export const axe = {
  async serious(page: Page): Promise<string[]> {
    await page.evaluate(source);
    const findings = await page.evaluate(async () => {
      const { axe: loaded } = globalThis as unknown as {
        axe: { run(options: object): Promise<{ violations: Finding[] }> };
      };
      return (await loaded.run({ resultTypes: ['violations'] })).violations;
    });
    return findings
      .filter((finding) => finding.impact === 'serious' || finding.impact === 'critical')
      .flatMap((finding) =>
        finding.nodes.map((node) => `${finding.id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
      );
  },
};
