import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CleanUp } from '../clean-up.js';
import { median } from '../compare.js';
import { formatRows } from '../format-table.js';
import { formatValue } from '../format-value.js';
import { runProgram } from '../run-program.js';
import { OWNER } from '../servers/stowage-server.js';
import { settle } from '../settle.js';
import { type FilledServer, startFilledServer } from './filled-server.js';
import { fillManifests, prepareManifestPulls } from './manifest-pulls.js';
import { parseScaleOptions, type ScaleOptions, USAGE } from './options.js';
import { measurePage, type Page } from './pages.js';

const ROUNDS = 5;
const REQUESTS_OF_A_ROUND = 5_000;
const OTHERS = ['elsewhere', 'neighbours', 'strangers', 'visitors'];
const TAGGED = `${OWNER}/tagged`;

async function run(options: ScaleOptions, cleanUp: CleanUp): Promise<void> {
  const directory = await mkdtemp(join(options.directory, 'stowage-scale-'));
  cleanUp.add(() => rm(directory, { recursive: true, force: true }));
  await chmod(directory, 0o755);
  const few = await startFilledServer(join(directory, 'few'), cleanUp);
  await timed(`${options.fewManifests} manifests`, () => fillManifests(few, options.fewManifests));
  const many = await startFilledServer(join(directory, 'many'), cleanUp);
  await timed(`${options.tags} tags, ${options.repositories} repositories`, () => fillPages(many, options));
  await timed(`${options.manifests} manifests`, () => fillManifests(many, options.manifests));
  for (const { server } of [few, many]) await settle(server.pid);
  const rows = [...(await measurePages(many, options)), ...(await compareManifests(few, many, options))];
  console.log(`\n${formatRows([['', 'median', 'p99', 'aim'], ...rows], 1)}`);
}

/** The caller owns half of the repositories; a quarter is of strangers and public, a quarter of strangers and private. */
async function fillPages({ filler }: FilledServer, { tags, repositories }: ScaleOptions): Promise<void> {
  await filler.namespaces(OTHERS);
  await filler.repositories(OWNER, Math.ceil(repositories / 2));
  for (const [index, name] of OTHERS.entries()) {
    await filler.repositories(name, Math.ceil(repositories / 8), index % 2 === 0 ? 'public' : 'private');
  }
  await filler.manifests(TAGGED, 1000);
  await filler.tags(TAGGED, tags, 1000);
  await filler.vacuum();
}

function pagesOf({ tags, repositories }: ScaleOptions): Page[] {
  const middleTag = `t${String(Math.floor(tags / 2)).padStart(8, '0')}`;
  const middleName = `${OWNER}/r${String(Math.floor(repositories / 4)).padStart(8, '0')}`;
  const tagList = { path: `/v2/${TAGGED}/tags/list`, as: 'client', repository: TAGGED, aim: '< 20 ms' } as const;
  const catalog = { path: '/v2/_catalog', as: 'client', aim: '< 50 ms' } as const;
  const listing = `/api/v1/namespaces/${OWNER}/repositories`;
  const browser = { as: 'browser', aim: '' } as const;
  return [
    { ...tagList, name: 'tags, first 100' },
    { ...tagList, name: 'tags, 100 from the middle', path: `${tagList.path}?last=${middleTag}` },
    { ...tagList, name: 'tags, 1000 from the middle', path: `${tagList.path}?n=1000&last=${middleTag}` },
    { ...catalog, name: 'catalog, first 100' },
    { ...catalog, name: 'catalog, 100 from the middle', path: `${catalog.path}?last=${middleName}` },
    { ...catalog, name: 'catalog, 1000 from the middle', path: `${catalog.path}?n=1000&last=${middleName}` },
    { ...browser, name: 'dashboard: tags', path: `${listing}/tagged/tags` },
    { ...browser, name: 'dashboard: repositories', path: listing },
    { ...browser, name: `dashboard: the repository of all tags`, path: `${listing}/tagged` },
    { ...browser, name: 'dashboard: a repository of a sixteenth of the manifests', path: `${listing}/s00` },
  ];
}

async function measurePages({ server }: FilledServer, options: ScaleOptions): Promise<string[][]> {
  const rows: string[][] = [];
  for (const page of pagesOf(options)) {
    const { medianMs, p99Ms } = await measurePage(server, page, options.requests);
    rows.push([page.name, milliseconds(medianMs), milliseconds(p99Ms), page.aim]);
    console.log(rows.at(-1)?.join('  '));
  }
  return rows;
}

/** Turn and turn about; the ratio is that of the medians over the rounds. */
async function compareManifests(few: FilledServer, many: FilledServer, options: ScaleOptions): Promise<string[][]> {
  const [small, large] = [options.fewManifests, options.manifests];
  const loads = [await prepareManifestPulls(few, small), await prepareManifestPulls(many, large)];
  for (const load of loads) await load(REQUESTS_OF_A_ROUND);
  const measured: { medians: number[]; p99s: number[] }[] = loads.map(() => ({ medians: [], p99s: [] }));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, load] of loads.entries()) {
      const { medianMs, p99Ms } = await load(REQUESTS_OF_A_ROUND);
      measured[index]?.medians.push(medianMs);
      measured[index]?.p99s.push(p99Ms);
    }
  }
  const [atFew, atMany] = measured.map(({ medians, p99s }) => [median(medians), median(p99s)] as const);
  const rowOf = (rows: number, values: readonly [number, number] | undefined) => [
    `manifest GET, 8 at a time, at ${rows} rows`,
    ...(values ?? []).map(milliseconds),
    '',
  ];
  const ratio = (index: 0 | 1) => formatValue((atMany?.[index] ?? Number.NaN) / (atFew?.[index] ?? Number.NaN));
  return [rowOf(small, atFew), rowOf(large, atMany), ['the latter in times', ratio(0), ratio(1), 'p99 ≤ 1.5 times']];
}

async function timed(what: string, fill: () => Promise<void>): Promise<void> {
  const started = performance.now();
  await fill();
  console.log(`filled ${what} in ${((performance.now() - started) / 1000).toFixed(0)} s`);
}

function milliseconds(value: number): string {
  return `${formatValue(value)} ms`;
}

await runProgram({ parse: parseScaleOptions, usage: USAGE, run });
