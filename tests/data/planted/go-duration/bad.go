package client

import (
	"net/http"
	"time"
)

func New(seconds int) *http.Client {
	timeout := time.Duration(seconds)
	return &http.Client{Timeout: timeout}
}
