package cache

import "sync"

type Cache struct {
	mutex  sync.Mutex
	values map[string]string
}

func (c *Cache) Get(key string) (string, bool) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	value, ok := c.values[key]
	return value, ok
}

func (c *Cache) Put(key, value string) {
	c.mutex.Lock()
	c.values[key] = value
	c.mutex.Unlock()
}
