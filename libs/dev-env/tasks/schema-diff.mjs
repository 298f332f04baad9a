// Prints the SQL that leads from one Prisma schema to another: node schema-diff.mjs [OLD.prisma] (from empty when absent).
// DATABASE_URL names any reachable Postgres: the engine asks it for its version and changes nothing.
// Prisma's own CLI needs a native engine that npm does not carry; this is the same engine, compiled to WebAssembly.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const require = createRequire(path.join(root, 'libs/metadata/package.json'));
const enginePath = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg');
const engineModule = await import(enginePath);
const wasm = new WebAssembly.Module(readFileSync(path.join(path.dirname(enginePath), 'schema_engine_bg.wasm')));
const instance = new WebAssembly.Instance(wasm, { './schema_engine_bg.js': engineModule });
engineModule.__wbg_set_wasm(instance.exports);
instance.exports.__wbindgen_start();

const { PrismaPg } = require('@prisma/adapter-pg');
const { bindMigrationAwareSqlAdapterFactory } = require('@prisma/driver-adapter-utils');
const schemaFile = path.join(root, 'prisma/schema.prisma');
const target = { path: 'prisma/schema.prisma', content: readFileSync(schemaFile, 'utf8') };
const factory = bindMigrationAwareSqlAdapterFactory(new PrismaPg({ connectionString: process.env.DATABASE_URL }));
const engine = await engineModule.SchemaEngine.new({ datamodels: [[target.path, target.content]] }, () => {}, factory);
const old = process.argv[2];
const from = old
  ? {
      tag: 'schemaDatamodel',
      files: [{ path: 'prisma/schema.prisma', content: readFileSync(old, 'utf8') }],
      configDir: '.',
    }
  : { tag: 'empty' };
const result = await engine.diff({
  from,
  to: { tag: 'schemaDatamodel', files: [target], configDir: '.' },
  script: true,
  exitCode: null,
  shadowDatabaseUrl: null,
  filters: { externalTables: [], externalEnums: [] },
});
process.stdout.write(result.stdout ?? '');
process.exit(0);
