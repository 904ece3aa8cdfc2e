import { type Command, Help } from 'commander';

const TITLES: Readonly<Record<string, string>> = {
  'Usage:': '用法：',
  'Arguments:': '参数：',
  'Options:': '选项：',
  'Global Options:': '总选项：',
  'Commands:': '命令：',
};

/** What commander says of wrong use → what a person is told; the parts in brackets are taken over. */
const ERRORS: readonly (readonly [
  said: RegExp,
  words: (...parts: readonly (string | undefined)[]) => string,
])[] = [
  [/^missing required argument '(.*)'$/s, (name) => `缺少参数 <${name ?? ''}>。`],
  [/^option '(.*)' argument missing$/s, (flags) => `选项 ${flags ?? ''} 后面缺少它的值。`],
  [/^required option '(.*)' not specified$/s, (flags) => `必须写明选项 ${flags ?? ''}。`],
  [/^unknown option '(.*)'$/s, (flag) => `没有“${flag ?? ''}”这个选项（unknown option）。`],
  [/^unknown command '(.*)'$/s, (name) => `没有“${name ?? ''}”这个命令。`],
  [
    /^too many arguments(?: for '(.*)')?\. Expected (\d+) arguments? but got (\d+)\.$/s,
    (name, expected, got) =>
      `参数太多：${name === undefined || name === '' ? '' : `${name} `}应有 ${expected ?? ''} 个，给了 ${got ?? ''} 个。`,
  ],
  [
    /^option '(.*)' argument '(.*)' is invalid\. ?(.*)$/s,
    (flags, value, why) => `选项 ${flags ?? ''} 的值“${value ?? ''}”不对。${why ?? ''}`,
  ],
  [
    /^option '(.*)' value '(.*)' from env '(.*)' is invalid\. ?(.*)$/s,
    (flags, value, variable, why) =>
      `环境变量 ${variable ?? ''}（选项 ${flags ?? ''}）的值“${value ?? ''}”不对。${why ?? ''}`,
  ],
  [
    /^command-argument value '(.*)' is invalid for argument '(.*)'\. ?(.*)$/s,
    (value, name, why) => `参数 <${name ?? ''}> 的值“${value ?? ''}”不对。${why ?? ''}`,
  ],
  [
    /^option '(.*)' cannot be used with option '(.*)'$/s,
    (one, other) => `选项 ${one ?? ''} 和 ${other ?? ''} 不能同用。`,
  ],
];

const SUGGESTION = /\n?\(Did you mean (?:one of )?(.*)\?\)$/s;

/** A refusal of commander's in Chinese; what is not known stays as it is, for a person has to be told something. */
export function wrongUseInWords(said: string): string {
  const plain = said.trim().replace(/^error: /, '');
  const near = SUGGESTION.exec(plain)?.[1];
  const message = plain.replace(SUGGESTION, '');
  for (const [pattern, words] of ERRORS) {
    const found = pattern.exec(message);
    if (found === null) continue;
    return `${words(...found.slice(1))}${near === undefined ? '' : `是不是 ${near.replaceAll(', ', '、')}？`}\n`;
  }
  return said;
}

/** Makes a program, and every command that is added to it afterwards, say in Chinese what commander says by itself. */
export function speakChinese(program: Command): Command {
  const plain = new Help();
  program
    .configureHelp({
      styleTitle: (title) => TITLES[title] ?? title,
      commandUsage: (command) =>
        plain.commandUsage(command).replace('[options]', '[选项]').replace('[command]', '[命令]'),
      optionDescription: (option) => inWords(plain.optionDescription(option)),
      argumentDescription: (argument) => inWords(plain.argumentDescription(argument)),
    })
    .configureOutput({ outputError: (said, write) => write(wrongUseInWords(said)) })
    .helpOption('-h, --help', '显示用法');
  return program.helpCommand('help [command]', '显示一个命令的用法');
}

/** (default: 100) behind a description. */
function inWords(description: string): string {
  return description.replace(
    / ?\((default|choices|preset|env): (.*)\)$/s,
    (_all, kind: string, rest: string) => {
      const names: Readonly<Record<string, string>> = {
        default: '不给则为',
        choices: '可选',
        preset: '只写选项则为',
        env: '环境变量',
      };
      return `（${names[kind] ?? kind} ${rest}）`;
    },
  );
}
