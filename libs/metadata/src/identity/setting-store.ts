import type { Database } from '../database.js';

/** Values that every replica has to agree on. */
export class SettingStore {
  constructor(private readonly database: Database) {}

  async find(name: string): Promise<string | undefined> {
    const row = await this.database.run((db) => db.setting.findUnique({ where: { name } }));
    return typeof row?.value === 'string' ? row.value : undefined;
  }

  /** The stored value, or `make()`'s when there is none; the first of several callers decides for all. */
  async findOrCreate(name: string, make: () => string): Promise<string> {
    await this.database.run(
      (db) => db.$executeRaw`
        INSERT INTO setting (name, value) VALUES (${name}, ${JSON.stringify(make())}::jsonb)
        ON CONFLICT (name) DO NOTHING`,
    );
    return (await this.find(name)) as string;
  }

  async put(name: string, value: string): Promise<void> {
    await this.database.run((db) => db.setting.upsert({ where: { name }, create: { name, value }, update: { value } }));
  }
}
