// mock - what dmr-mock answers to three requests, by Go's net/http, to be
// compared with it.  The port is printed.
//
// It does for an answer what dmr-mock does: it reads the request's JSON, takes
// the model and the messages out of it, counts tokens, and builds the answer
// with encoding/json: the list of models, a chat, a streamed chat.  Other than
// dmr-mock it does not remember what it was asked.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"time"
	"unicode/utf8"
)

const bodyMax = 10 << 20

type facts struct {
	Context      int    `json:"context_window"`
	Architecture string `json:"architecture"`
	Parameters   string `json:"parameters"`
	Quantization string `json:"quantization"`
	Size         string `json:"size"`
}

type model struct {
	ID      string `json:"id"`
	Object  string `json:"object"`
	Created int64  `json:"created"`
	OwnedBy string `json:"owned_by"`
	DMR     facts  `json:"dmr"`
}

type list struct {
	Object string  `json:"object"`
	Data   []model `json:"data"`
}

type message struct {
	Role    string `json:"role"`
	Content string `json:"content"`
}

type question struct {
	Model    string    `json:"model"`
	Messages []message `json:"messages"`
	Stream   bool      `json:"stream"`
}

type delta struct {
	Role    string  `json:"role,omitempty"`
	Content *string `json:"content"`
}

type choice struct {
	Finish  *string  `json:"finish_reason"`
	Index   int      `json:"index"`
	Message *message `json:"message,omitempty"`
	Delta   any      `json:"delta,omitempty"`
}

type details struct {
	Cached int `json:"cached_tokens"`
}

type usage struct {
	Completion int     `json:"completion_tokens"`
	Prompt     int     `json:"prompt_tokens"`
	Total      int     `json:"total_tokens"`
	Details    details `json:"prompt_tokens_details"`
}

type timings struct {
	Cache              int `json:"cache_n"`
	Prompt             int `json:"prompt_n"`
	PromptMS           int `json:"prompt_ms"`
	PromptPerToken     int `json:"prompt_per_token_ms"`
	PromptPerSecond    int `json:"prompt_per_second"`
	Predicted          int `json:"predicted_n"`
	PredictedMS        int `json:"predicted_ms"`
	PredictedPerToken  int `json:"predicted_per_token_ms"`
	PredictedPerSecond int `json:"predicted_per_second"`
}

type completion struct {
	Choices     []choice `json:"choices"`
	Created     int64    `json:"created"`
	Model       string   `json:"model"`
	Fingerprint string   `json:"system_fingerprint"`
	Object      string   `json:"object"`
	Usage       usage    `json:"usage"`
	ID          string   `json:"id"`
	Timings     *timings `json:"timings"`
}

type chunk struct {
	Choices     []choice `json:"choices"`
	Created     int64    `json:"created"`
	ID          string   `json:"id"`
	Model       string   `json:"model"`
	Fingerprint string   `json:"system_fingerprint"`
	Object      string   `json:"object"`
	Timings     *timings `json:"timings,omitempty"`
}

// The model there is, and where it lies, by its name.
var (
	models = []model{{"docker.io/ai/smollm2:latest", "model",
		time.Now().Unix(), "docker",
		facts{4096, "llama", "1.00M", "MOSTLY_Q4_1", "1.00MiB"}}}
	paths = map[string]string{"ai/smollm2": "/models/bundles/sha256/" +
		"862544f00bb8564a828e24140d17b425957876ff76a1d74aaead96343ee62525" +
		"/model/model.gguf"}
	number int
)

func isLetter(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= 0x80
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\t' || c == '\n' || c == '\r'
}

// nextToken returns the length of the token that text begins with.
func nextToken(text string) int {
	n := 0
	if text[0] == ' ' {
		n = 1
	}
	from := n
	for n < len(text) && isLetter(text[n]) {
		_, size := utf8.DecodeRuneInString(text[n:])
		if n+size > from+8 {
			break
		}
		n += size
	}
	if n > from {
		return n
	}
	if !isSpace(text[0]) {
		_, size := utf8.DecodeRuneInString(text)
		return size
	}
	for n = 0; n < len(text) && isSpace(text[n]); n++ {
	}
	if n > 1 && n < len(text) && text[n-1] == ' ' && isLetter(text[n]) {
		n--
	}
	return n
}

func countTokens(text string) int {
	n := 0
	for ; text != ""; n++ {
		text = text[nextToken(text):]
	}
	return n
}

func readQuestion(r *http.Request) (q question, prompt int, user string, err error) {
	body, err := io.ReadAll(io.LimitReader(r.Body, bodyMax))
	if err != nil {
		return
	}
	if err = json.Unmarshal(body, &q); err != nil {
		return
	}
	prompt = 4
	for i, m := range q.Messages {
		prompt += 5 + countTokens(m.Content)
		if i == 0 && m.Role != "system" {
			prompt += 21
		}
		if m.Role == "user" {
			user = m.Content
		}
	}
	return
}

func makeTimings(prompt, said int) *timings {
	return &timings{0, prompt, prompt * 2, 2, 500, said, said * 10, 10, 100}
}

func answerModels(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(list{"list", models})
}

func stream(w http.ResponseWriter, c chunk, text string, prompt, said int) {
	events := json.NewEncoder(w)
	send := func(what choice) {
		c.Choices = []choice{what}
		io.WriteString(w, "data: ")
		events.Encode(c)
		io.WriteString(w, "\n")
	}
	stop := "stop"
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no")
	w.Header().Set("Transfer-Encoding", "chunked")
	send(choice{Delta: delta{Role: "assistant"}})
	for text != "" {
		token := text[:nextToken(text)]
		text = text[len(token):]
		send(choice{Delta: delta{Content: &token}})
	}
	c.Timings = makeTimings(prompt, said)
	send(choice{Finish: &stop, Delta: struct{}{}})
	io.WriteString(w, "data: [DONE]\n\n")
}

func answerChat(w http.ResponseWriter, r *http.Request) {
	q, prompt, user, err := readQuestion(r)
	path, found := paths[q.Model]
	if err != nil || !found {
		http.Error(w, "invalid request", http.StatusBadRequest)
		return
	}
	number++
	said := countTokens(user) + 1
	id := fmt.Sprintf("chatcmpl-%032d", number)
	now := time.Now().Unix()
	stop := "stop"
	w.Header().Set("Server", "llama.cpp")
	if q.Stream {
		stream(w, chunk{Created: now, ID: id, Model: path,
			Fingerprint: "dmr-mock", Object: "chat.completion.chunk"},
			user, prompt, said)
		return
	}
	answer, _ := json.Marshal(completion{
		Choices: []choice{{Finish: &stop,
			Message: &message{"assistant", user}}},
		Created: now, Model: path, Fingerprint: "dmr-mock",
		Object: "chat.completion",
		Usage:  usage{said, prompt, prompt + said, details{}},
		ID:     id, Timings: makeTimings(prompt, said)})
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Write(answer)
}

func main() {
	http.HandleFunc("/engines/v1/models", answerModels)
	http.HandleFunc("/engines/v1/chat/completions", answerChat)
	socket, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(socket.Addr().(*net.TCPAddr).Port)
	log.Fatal(http.Serve(socket, nil))
}
