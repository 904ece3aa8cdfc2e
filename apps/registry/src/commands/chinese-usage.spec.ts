import { expect, test } from '@jest/globals';
import { Command, InvalidArgumentError, Option } from 'commander';
import { exitCodeOf } from './usage-error.ts';
import { speakChinese } from './chinese-usage.ts';
import { COMMAND_FILES, registerCommands } from './register-commands.ts';

/** What the program writes, and its exit code. */
async function run(...words: string[]): Promise<{ text: string; code: number }> {
  let text = '';
  const take = (part: string): void => void (text += part);
  try {
    await program(take).parseAsync(words, { from: 'user' });
    return { text, code: 0 };
  } catch (error) {
    return { text, code: exitCodeOf(error) };
  }
}

const refuse = (): never => {
  throw new InvalidArgumentError('须为整数。');
};

function program(take: (part: string) => void = () => undefined): Command {
  const plain = new Command('mandate').exitOverride().configureOutput({ writeOut: take, writeErr: take });
  const all = speakChinese(plain);
  all
    .command('do')
    .argument('<file>', '文件', (file: string) => (file === 'bad' ? refuse() : file))
    .requiredOption('--as <login>', '谁')
    .option('--many <n>', '几个', refuse)
    .addOption(new Option('--one').conflicts('other'))
    .option('--other')
    .option('--limit <n>', '最多', '100')
    .action(() => undefined);
  return all;
}

test.each([
  [['do', 'a'], '必须写明选项 --as <login>。'],
  [['do', '--as', 'x'], '缺少参数 <file>。'],
  [['do', 'a', '--as'], '选项 --as <login> 后面缺少它的值。'],
  [['do', 'a', 'b', '--as', 'x'], '参数太多：do 应有 1 个，给了 2 个。'],
  [['do', 'a', '--as', 'x', '--limi', '3'], '没有“--limi”这个选项（unknown option）。是不是 --limit？'],
  [['do', 'a', '--as', 'x', '--many', 'y'], '选项 --many <n> 的值“y”不对。须为整数。'],
  [['do', 'a', '--as', 'x', '--one', '--other'], '选项 --one 和 --other 不能同用。'],
  [['do', 'bad', '--as', 'x'], '参数 <file> 的值“bad”不对。须为整数。'],
  [['du'], '没有“du”这个命令。是不是 do？'],
])('wrong use is told in Chinese: %j', async (words, told) => {
  expect(await run(...words)).toEqual({ text: `${told}\n`, code: 2 });
});

test('the help of every command has no English of commander’s', async () => {
  const names = COMMAND_FILES.flatMap(({ commands }) => commands.map(([usage]) => usage.replace(/ .*/, '')));
  const whole = new Command('mandate');
  await registerCommands(whole, names);
  const told: string[] = [];
  const tell = (command: Command): void => {
    told.push(command.helpInformation());
    command.commands.forEach(tell);
  };
  tell(whole);
  expect(told.length).toBeGreaterThan(40);
  const english =
    /Usage|Options|Commands|Arguments|display help|default:|choices:|^用法：.*\[(?:options|command)\]/m;
  expect(told.filter((help) => english.test(help))).toEqual([]);
  expect(told.filter((help) => !help.startsWith('用法： mandate'))).toEqual([]);
  expect(told[0]).toContain('显示用法');
});

test('what is shown where nothing is said is told in Chinese as well', () => {
  const [command] = program().commands;
  expect(command?.helpInformation()).toContain('最多（不给则为 "100"）');
});
