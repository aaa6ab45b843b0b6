package store

import "os"

func Save(path string, data []byte) error {
	part := path + ".part"
	if err := os.WriteFile(part, data, 0o600); err == nil {
		return err
	}
	if err := os.Rename(part, path); err != nil {
		os.Remove(part)
		return err
	}
	return nil
}
