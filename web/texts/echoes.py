"""Sentences that stand in several reports: who said them first, and how much of a report is copied."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "echoes": ("谁先说的", "Who said it first"),
    "echoes_of": ("谁先说的：{which}", "Who said it first: {which}"),
    "echoes_of_passage": ("谁先说的：这一段", "Who said it first: this passage"),
    "echoes_link": (
        "逐句查：哪些话别的报告先说过",
        "Sentence by sentence: what other reports said before",
    ),
    "echoes_passage_link": ("谁先说的", "Who said it first"),
    "echoes_whole": ("整份报告", "The whole report"),
    "echoes_list": ("先前已有最多的报告", "Reports that copy most"),
    "echoes_list_link": (
        "{place}的报告，先前已有多的在前",
        "Reports of {place}, those that copy most first",
    ),
    "echoes_list_all": ("全部报告，先前已有多的在前", "All reports, those that copy most first"),
    "echoes_unknown": (
        "还没有查过哪些句子重复。请在建立索引的机器上运行：gongkai echoes（几千份报告要几分钟），之后再打开本页。",
        "It was not looked for yet which sentences echo others. Run gongkai echoes where the index is (some "
        "minutes for some thousand reports), then open this page again.",
    ),
    "echoes_rule": (
        "怎样算：句号、分号、问号、叹号之间算一句，标点不计，满 {least} 字的才看；短于此的不计入比例。别的报告里有一句"
        "与它相同，或改动不超过 {changed}，就是同一句。谁先谁后，看年份，同年看日期；日期不明或同一天，就说先后不明。"
        "数字不同的，只算套用句式，不算照搬。另有 {common} 家以上都说的，是通用语，不算谁照搬谁。下级先说、上级后说的，"
        "也不算照搬。这里只比索引里有的报告：两份报告可能都取自一份不在其中的文件，先说的未必是原作者。照录也未必是偷懒：指标解释、法定说明本来就该年年一样。",
        "How it is counted: a sentence is what stands between full stops, semicolons, question and exclamation "
        "marks, without punctuation, of {least} characters or more; shorter ones have no part in the shares. "
        "Where another report has one that is equal, or differs by no more than {changed}, that is the same "
        "sentence. Earlier is who said it in an earlier year, or on an earlier day of it; where the day is not "
        "known or the same, that is said. One with other figures fills in a form, and is no copy. What {common} "
        "other bodies say as well is custom, and nobody's copy; nor is what a region below said first. Only "
        "reports of this index are compared: two of them may have a sentence from a text that is not in it, so "
        "who is first here need not be its author. Nor need who repeats be lazy: what a figure means, or the law asks "
        "for, should be said alike each year.",
    ),
    "echoes_brief": (
        "“先前已有”是说更早的报告里有同一句或改动不超过两成的，未必抄自那一份。",
        "Said before means that an earlier report has the sentence, or one that differs by a fifth at most: it "
        "need not be copied from that report.",
    ),
    "echoes_how": ("怎样算的", "How this is counted"),
    "echoes_places": ("只看一个地区", "Of one region only"),
    "echoes_copied": (
        "先前已有：{share}（{copied} / {characters} 字）",
        "Said before: {share} ({copied} of {characters} characters)",
    ),
    "echo_last_year": ("自己上年的", "Its own of last year"),
    "echo_own": ("自己往年的", "Its own of earlier years"),
    "echo_above": ("上级的", "The region above"),
    "echo_others": ("别处先说的", "Others said it before"),
    "echo_below": ("下级先说的", "A region below said it before"),
    "echo_figures": ("句式相同，数字不同", "Same wording, other figures"),
    "echo_tied": ("别处也有，先后不明", "Others say it, who first is not known"),
    "echo_first": ("这里先说，别处后有", "Said here first, later by others"),
    "echo_common": ("通用语", "Custom"),
    "echo_alone": ("别处没有", "Nowhere else"),
    "echoes_all": ("全部", "All"),
    "echoes_legend": ("只看一类", "Show one kind only"),
    "echoes_stands": (
        "另有 {count} 份报告有相同或相近的句子",
        "Other reports that have it: {count}",
    ),
    "echoes_stands_least": (
        "至少另有 {count} 份报告有相同或相近的句子",
        "Other reports that have it, at least: {count}",
    ),
    "echoes_stands_one": ("另有 1 份报告有相同或相近的句子", "One other report has it"),
    "echoes_ties": (
        "（另有 {count} 份同样早，先后不明）",
        " (as early, as far as is known: {count} more)",
    ),
    "echoes_more": ("更晚的还有 {count} 份", "Later ones: {count} more"),
    "echoes_equal": ("一字不差", "equal"),
    "echoes_changed": ("改 {count} 字", "characters changed: {count}"),
    "echoes_when_earlier": ("更早", "earlier"),
    "echoes_when_tied": ("先后不明", "who first is not known"),
    "echoes_when_later": ("更晚", "later"),
    "echoes_compare": ("两份对比", "Compare the two"),
    "echoes_report_name": ("{place} · {year}", "{place} · {year}"),
    "echoes_none": (
        "这里没有满 {least} 字的句子。",
        "No sentence of {least} characters or more stands here.",
    ),
    "echoes_none_of": ("没有这一类的句子。", "There are no such sentences."),
    "echoes_all_short": (
        "这些报告的长句（满 {sentence} 字）都不足 {least} 字，不排名。可以打开一份报告，用“逐句查”。",
        "None of these reports has {least} characters in sentences of {sentence} or more, so they are not ranked. "
        "Open a report, and look sentence by sentence.",
    ),
    "echoes_no_reports": ("没有这样的报告。", "There are no such reports."),
    "echoes_total": (
        "共 {count} 份，按“先前已有”的比例从高到低。",
        "Reports: {count}, by the share that was said before.",
    ),
    "echoes_short": (
        "另有 {count} 份的长句不足 {least} 字，没有列入。",
        "Left out, with fewer than {least} characters in such sentences: {count}",
    ),
    "echoes_chief": (
        "其中 {share} 见于 {which}",
        "{share} stands in {which}",
    ),
    "echoes_one_report": (
        "两份几乎一样，可能是同一份报告归在两个年度或两个地方，请核对原件。",
        "Both are nearly the same: it may be one report filed under two years or places. Check the originals.",
    ),
    "echoes_previous": ("上一页", "Previous page"),
    "echoes_next": ("下一页", "Next page"),
    # what gongkai echoes prints
    "echoes_finding": ("查找重复的句子", "Looking for echoes"),
    "echoes_line": (
        "  {share:>4}  {characters:>8,}  {state}",
        "  {share:>4}  {characters:>8,}  {state}",
    ),
    "echoes_sentence": ("{state}：{text}", "{state}: {text}"),
    "echoes_twin": (
        "    {which}（{when}，{changes}）：{text}",
        "    {which} ({when}, {changes}): {text}",
    ),
    "echoes_reports_least": (
        "    至少另有 {count:,} 份报告有相同或相近的句子",
        "    Other reports that have it, at least: {count:,}",
    ),
    "echoes_reports": (
        "    另有 {count:,} 份报告有相同或相近的句子",
        "    Other reports that have it: {count:,}",
    ),
    "echoes_row": ("{share:>4}  {which}  {title}", "{share:>4}  {which}  {title}"),
    "column_copied": ("先前已有字数", "said before"),
    "column_copied_share": ("先前已有比例", "share said before"),
    "column_chief": ("主要来自（编号）", "chief source (id)"),
    "column_chief_title": ("主要来自", "chief source"),
    "column_chief_characters": ("来自该份的字数", "characters from it"),
    "column_sentence": ("句子", "sentence"),
    "column_state": ("哪一类", "state"),
    "column_reports": ("另有几份报告", "other reports"),
    "column_copied_text": ("先前的句子", "said before as"),
    "column_copied_report": ("先前的报告", "in"),
    "column_copied_link": ("先前的链接", "link to it"),
    "column_changes": ("改动字数", "changes"),
    "column_earliest_text": ("最早的句子", "earliest"),
    "column_earliest_report": ("最早的报告", "earliest in"),
    "column_earliest_link": ("最早的链接", "link to the earliest"),
    "column_ties": ("同样早的还有几份", "as early"),
    "echoes_csv": ("下载 CSV", "Download as CSV"),
}
