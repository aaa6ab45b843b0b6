package wait

import (
	"errors"
	"time"
)

func Try(work func() error, limit time.Duration) error {
	done := make(chan error, 1)
	go func() { done <- work() }()
	select {
	case err := <-done:
		return err
	case <-time.After(limit):
		return errors.New("too late")
	}
}
