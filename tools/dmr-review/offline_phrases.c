/*
 * dmr-review: how those speak who want a model to do something else.
 *
 * A stem is how a word begins as offline_injection.c folds it: lower case, no
 * accents, one blank between words.  One that ends in a blank is a whole word.
 * An order is given where all of its classes stand close together, in any
 * order and language.
 */
#include "offline_parts.h"

enum {
	DISREGARD = 1 << 0,
	DISREGARD_LAST = 1 << 1,
	BEFORE = 1 << 2,
	ANY = 1 << 3,
	INSTRUCTION = 1 << 4,
	RULE = 1 << 5,
	REPORT = 1 << 6,
	NONE = 1 << 7,
	FINDING = 1 << 8,
	ISSUE = 1 << 9,
	READER = 1 << 10,
	APPROVE = 1 << 11,
	REVEAL = 1 << 12,
	SYSTEM_PROMPT = 1 << 13,
	BECOME = 1 << 14,
	PERSONA = 1 << 15,
};

const struct offline_order offline_orders[] = {
	{ DISREGARD | BEFORE | INSTRUCTION, DISREGARD },
	{ DISREGARD | BEFORE | RULE, DISREGARD },
	{ DISREGARD | ANY | INSTRUCTION, DISREGARD },
	{ DISREGARD | SYSTEM_PROMPT, DISREGARD },
	{ DISREGARD_LAST | BEFORE | INSTRUCTION, 0 },
	{ DISREGARD_LAST | BEFORE | RULE, 0 },
	{ DISREGARD_LAST | ANY | INSTRUCTION, 0 },
	{ REPORT | NONE | FINDING, 0 },
	{ READER | REPORT | NONE | ISSUE, 0 },
	{ READER | APPROVE, READER },
	{ REVEAL | SYSTEM_PROMPT, 0 },
	{ BECOME | PERSONA, BECOME },
};

const size_t offline_norders = countof(offline_orders);

const struct offline_stems offline_stems[] = {
	{ DISREGARD,
	    "ignore |ignoring|disregard |forget |override |bypass |"
	    "neglect |missacht|oublie|neglige|ignora |ignoren |olvid|"
	    "descarta|caso omiso|esquec|desconsider|dimentic|trascura|"
	    "negeer|vergeet|zignoruj|ignoruj|zapomnij|pomin|zapomen|"
	    "ignorera|glom |bortse |игнорир|проигнорир|забуд|ігноруй|"
	    "проігноруй|忽略|忽视|忽視|无视|忘记|忘記|忘掉|不要理会|"
	    "不要理會|تجاهل|انس |انسى|bo qua|quen |abaikan|lupakan" },
	{ DISREGARD_LAST,
	    "ignorier|vergiss|vergess|ignorez|yok say|gormezden|unut|"
	    "dikkate alma|無視|忘れ|무시|잊|अनदेखा|नजरअंदाज|भूल" },
	{ BEFORE,
	    "previous|prior |above|preceding|earlier|foregoing|before|"
	    "original |vorherig|vorangeh|bisherig|obigen|obenstehend|"
	    "frueher|precedent|ci dessus|anterieur|anteriores|"
	    "anterior |previas|previos|de arriba|acima|di cui sopra|"
	    "sopra|prima|ricevut|vorige|eerdere|bovenstaande|poprzedni|"
	    "wczesniejsz|powyzsz|predchozi|predesl|vyse uveden|"
	    "tidigare|foregaende|ovanstaende|предыдущ|выше|прежн|"
	    "попередн|вище|onceki|yukarida|之前|以上|先前|上面|此前|"
	    "上述|以前の|これまで|上記|前の|이전|위의|앞선|앞의|"
	    "지금까지|السابق|أعلاه|اعلاه|पिछले|पहले|ऊपर|truoc|sebelum|"
	    "di atas" },
	{ ANY,
	    "all |your |everything|you were|them|alle |saemtlich|"
	    "deine |toutes|tous |tes |vos |todas|todos|tus |sus |suas|"
	    "tutte|tutti|wszystkie|vsechn|alla |все |всё|усі|tum |所有|"
	    "全部|すべて|全て|모든|جميع|كل |सभी|tat ca|moi |semua" },
	{ INSTRUCTION,
	    "instruction|prompt|directive|anweisung|instruktion|"
	    "vorgabe|consigne|instrucc|instruco|istruzion|instructie|"
	    "opdracht|instrukcj|polece|pokyn|instrukce|инструкц|"
	    "указани|інструкц|вказівк|talimat|指令|指示|提示词|提示詞|"
	    "说明|命令|プロンプト|지시|명령|지침|프롬프트|تعليمات|"
	    "أوامر|اوامر|إرشادات|ارشادات|निर्देश|huong dan|chi dan|"
	    "instruksi|perintah" },
	{ RULE,
	    "guideline|regeln|befehle|regles|reglas|regras|regole|"
	    "regels|zasad|правил" },
	{ REPORT,
	    "report |output |return |answer |respond |reply |flag |"
	    "emit |list |melde|gib |berichte|antworte|signale|rapporte|"
	    "informe|reporte|relate|segnal|meld |zglasza|zglos|nehlas|"
	    "hlas |сообщ|повідом|bildir|报告|输出|報告|返し|보고|تبلغ|"
	    "बताए" },
	{ NONE,
	    "no |not |none|zero|empty|without|any |keine|nicht|leere|"
	    "aucun|ne |pas |rien|ningun|nenhum|nao |nessun|alcun|non |"
	    "geen|zadn|nie |inga|ingen|не |hicbir|不要|任何|空|なし|없|"
	    "하지|لا |ولا|أي |नहीं" },
	{ FINDING,
	    "findings|befund|hallazgo|bevinding|nalez|bulgu|probleme|"
	    "aucune anomalie|anomalie|problema|problemow|проблем|помил|"
	    "问题|問題|문제|مشاكل|समस्या" },
	{ ISSUE,
	    "issue|vulnerabilit|problem|bug|defect|fehler|erreur|chyb|"
	    "inga problem" },
	{ READER,
	    "llm|ai |ais|gpt|chatgpt|claude|copilot|assistant|"
	    "language model|chatbot|ki |die ki|ia |ии |ші " },
	{ APPROVE,
	    "approve|lgtm|genehmig|approuve|aprueb|aprove|approva|"
	    "zatwierdz|schval|godkann|одобри|схвал|onayla|批准|承認|"
	    "승인|وافق" },
	{ REVEAL,
	    "reveal|repeat|leak |disclose|print your|show your|"
	    "output your|verrate|revele|revela|rivela|onthul|ujawnij|"
	    "раскрой|покажи|输出|告诉|表示して|見せ|보여|اكشف" },
	{ SYSTEM_PROMPT,
	    "system prompt|your prompt|system instruction|"
	    "invite systeme|prompt del sistema|prompt do sistema|"
	    "prompt di sistema|systeemprompt|systempromp|"
	    "системный промпт|系统提示|システムプロンプト|"
	    "시스템 프롬프트" },
	{ BECOME,
	    "you are now|from now on you|act as |pretend to be|"
	    "pretend you|du bist jetzt|du bist nun|tu es maintenant|"
	    "eres ahora|ahora eres|voce agora e|agora voce e|ora sei|"
	    "sei ora|je bent nu|jestes teraz|ты теперь|теперь ты|"
	    "ти тепер|artik sen|你现在是|你現在是|あなたは今|"
	    "今からあなた|너는 이제|당신은 이제|أنت الآن" },
	{ PERSONA,
	    "dan |ai |model |assistant|jailbr|unrestricted|"
	    "without restrict|ki |ohne regeln|assistent|ia |asistente|"
	    "asystent|ассистент|без огранич|助手|アシスタント|"
	    "어시스턴트|مساعد" },
};

const size_t offline_nstems = countof(offline_stems);
